package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.WritableResource;

/**
 * What {@code parallel:reports/a.csv} stands for: {@link ParallelResourceWriter#resource(String)} of the application's
 * writer, which is looked for at each use.
 *
 * <p>Every method that needs the writer fails with an {@link IllegalStateException} if there is none, or more than one and
 * none of them is primary. Thread-safe.
 */
final class ParallelProtocolResource extends AbstractResource implements WritableResource {

    private final BeanFactory beans;
    private final TargetPath path;

    ParallelProtocolResource(BeanFactory beans, TargetPath path) {
        this.beans = beans;
        this.path = path;
    }

    private WritableResource resource() {
        return writer().resource(path.value());
    }

    private ParallelResourceWriter writer() {
        try {
            return beans.getBean(ParallelResourceWriter.class);
        } catch (NoUniqueBeanDefinitionException e) {
            throw new IllegalStateException(
                    "The location \"" + location() + "\" means one writer, and there are several: " + named(e)
                            + ". Mark one of these beans as @Primary, or call resource(\"" + path
                            + "\") of the one that is meant",
                    e);
        } catch (NoSuchBeanDefinitionException e) {
            if (!ParallelResourceWriter.class.equals(e.getBeanType())) {
                throw e; // a bean that the writer needs
            }
            throw new IllegalStateException(
                    "The location \"" + location() + "\" needs a writer, and there is no bean of type "
                            + ParallelResourceWriter.class.getName(),
                    e);
        }
    }

    private String location() {
        return ParallelProtocolResolver.SCHEME + ":" + path;
    }

    private static List<String> named(NoUniqueBeanDefinitionException e) {
        return e.getBeanNamesFound() == null ? List.of() : List.copyOf(e.getBeanNamesFound());
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return resource().getInputStream();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return resource().getOutputStream();
    }

    @Override
    public boolean exists() {
        return resource().exists();
    }

    @Override
    public long contentLength() throws IOException {
        return resource().contentLength();
    }

    @Override
    public long lastModified() throws IOException {
        return resource().lastModified();
    }

    @Override
    public String getFilename() {
        return path.fileName();
    }

    @Override
    public Resource createRelative(String relativePath) {
        String base = path.value().substring(0, path.value().lastIndexOf('/') + 1);
        return new ParallelProtocolResource(beans, TargetPath.of(base + relativePath));
    }

    @Override
    public String getDescription() {
        return "parallel resource [" + path + "]";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ParallelProtocolResource resource
                && resource.beans.equals(beans)
                && resource.path.equals(path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }
}
