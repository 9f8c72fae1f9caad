package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.target.InvalidTargetPathException;
import io.parallelwrite.target.TargetPath;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.io.ProtocolResolver;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/**
 * Resolves locations such as {@code parallel:reports/a.csv} through the application's resource loader.
 *
 * <p>It is added to the context as the first of all bean factory post-processors, so that beans created early, those that
 * process other beans among them, can have such resources injected. It needs no writer for that: the resource looks for one
 * when it is used.
 *
 * <p>Thread-safe.
 */
final class ParallelProtocolResolver implements ProtocolResolver, BeanFactoryPostProcessor, PriorityOrdered {

    /** The scheme, without a colon. */
    static final String SCHEME = "parallel";

    private static final String PREFIX = SCHEME + ":";

    private final ConfigurableApplicationContext context;

    ParallelProtocolResolver(ConfigurableApplicationContext context) {
        this.context = context;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        context.addProtocolResolver(this);
    }

    @Override
    public @Nullable Resource resolve(String location, ResourceLoader loader) {
        if (!location.startsWith(PREFIX)) {
            return null;
        }
        return new ParallelProtocolResource(context.getBeanFactory(), pathIn(location));
    }

    private static TargetPath pathIn(String location) {
        String path = location.substring(PREFIX.length());
        try {
            return TargetPath.of(path);
        } catch (InvalidTargetPathException e) {
            throw new InvalidTargetPathException(
                    path,
                    e.reason() + ". After '" + PREFIX + "' comes the path of one object, as in " + PREFIX
                            + "reports/a.csv; there are neither directories nor patterns");
        }
    }
}
