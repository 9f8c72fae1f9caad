package io.parallelwrite.target;

import static io.parallelwrite.target.TargetDriver.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.target.TargetDriver.DrivenWrite;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.WritableResource;

class ResourceTargetTests {

    private static final byte[] OLD = bytes(100);
    private static final byte[] NEW = bytes(5_000);

    @TempDir
    private Path directory;

    private TargetDriver overFiles() {
        return new TargetDriver(
                new ResourceTarget("other", "file:" + directory + "/", new FileSystemResource(directory + "/")));
    }

    @Test
    void leavesWhatExistsAloneUntilTheFirstByte() throws IOException {
        TargetDriver driver = overFiles();
        driver.put("a.bin", OLD);
        DrivenWrite write = driver.open("a.bin").write(new byte[0]);
        assertThat(driver.content("a.bin")).isEqualTo(OLD);
        write.abort();
        assertThat(driver.content("a.bin")).isEqualTo(OLD);
    }

    @Test
    void deletesTheFileOfAnAbortedWrite() throws IOException {
        TargetDriver driver = overFiles();
        driver.open("a.bin").write(NEW).abort();
        driver.open("b.bin").write(NEW).prepare().abort();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void saysThatAnAbortedWriteHasOverwrittenWhatExisted() throws IOException {
        TargetDriver driver = overFiles();
        driver.put("a.bin", OLD);
        DrivenWrite write = driver.open("a.bin").write(NEW);
        assertThatThrownBy(write::abort).hasMessageContaining("was overwritten").hasMessageContaining("a.bin");
        assertThat(driver.shows("a.bin")).isFalse();
    }

    @Test
    void saysThatAnAbortedWriteMayShowAPartWhereNothingCanBeDone() throws IOException {
        List<String> calls = new ArrayList<>();
        TargetDriver driver = new TargetDriver(new ResourceTarget("odd", "odd:x/", new OddResource(calls, null)));
        DrivenWrite write = driver.open("a.bin").write(NEW);
        assertThatThrownBy(write::abort)
                .hasMessage("'a.bin' in odd:x/ may show a part of what was written, for its "
                        + "stream cannot be aborted and the object not deleted; look at it, and delete it there");
        assertThat(calls).doesNotContain("close");
        assertThatThrownBy(() -> driver.delete("a.bin")).isInstanceOf(NotAppliedException.class);
    }

    @Test
    void saysNothingOfWhatItDoesNotKnow() throws IOException {
        List<String> calls = new ArrayList<>();
        TargetDriver driver = new TargetDriver(new ResourceTarget("odd", "odd:x/", new OddResource(calls, null)));
        assertThat(driver.put("a.bin", NEW)).isEqualTo(Receipt.UNKNOWN);
        assertThat(calls).containsExactly("write", "close");
    }

    @Test
    void turnsUncheckedExceptionsIntoOnesThatNameTheTargetAndThePath() throws IOException {
        RuntimeException broken = new IllegalStateException("broken");
        TargetDriver driver =
                new TargetDriver(new ResourceTarget("odd", "odd:x/", new OddResource(new ArrayList<>(), broken)));
        DrivenWrite write = driver.open("a.bin");
        assertThatThrownBy(() -> write.write(NEW))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot write 'a.bin' in odd:x/: ")
                .hasCause(broken);
    }

    @Test
    void neverClosesAStreamItCanAbort() throws IOException {
        AbortableResource store = new AbortableResource();
        TargetDriver driver = new TargetDriver(new ResourceTarget("store", "fake:bucket/", store));
        driver.put("a.bin", OLD);
        driver.open("a.bin").write(NEW).prepare().abort();
        assertThat(store.objects).hasSize(1);
        assertThat(driver.content("a.bin")).isEqualTo(OLD);
    }

    @Test
    void showsNoCredentialsInItsPlace() {
        Resource base = new AbortableResource();
        assertThat(new ResourceTarget("a", "odd://user:secret@host/x/?token=secret", base).place())
                .isEqualTo("odd://host/x/");
    }

    @Test
    void refusesABaseWhoseRelativesAreBesideIt() {
        FileSystemResource noSlash =
                new FileSystemResource(directory.resolve("base").toString());
        TargetDriver driver = new TargetDriver(new ResourceTarget("other", "file:base/", noSlash));
        assertThatThrownBy(() -> driver.open("a.bin")).hasMessageContaining("must end in '/'");
    }

    @Test
    void isMadeForWhateverTheLoaderCanWrite() throws IOException {
        DefaultResourceLoader loader = new DefaultResourceLoader();
        AbortableResource store = new AbortableResource();
        loader.addProtocolResolver((location, any) -> location.startsWith("fake:") ? store : null);
        ResourceTargetFactory factory = new ResourceTargetFactory(loader);

        assertThat(factory.supports(TargetDefinition.of("a", "fake:bucket"))).isTrue();
        assertThat(factory.supports(TargetDefinition.of("a", "file:" + directory)))
                .isTrue();
        assertThat(factory.supports(TargetDefinition.of("a", "http://localhost/")))
                .isFalse();
        assertThat(factory.supports(TargetDefinition.of("a", "classpath:/x/"))).isFalse();
        assertThat(factory.supports(TargetDefinition.of("a", "no-scheme/"))).isFalse();

        Target made = factory.create(TargetDefinition.of("a", "file:" + directory));
        new TargetDriver(made).put("x/%2e%2e/100%.bin", NEW);
        assertThat(Files.readAllBytes(directory.resolve("x/%2e%2e/100%.bin"))).isEqualTo(NEW);
        assertThat(made.place()).isEqualTo(directory.toRealPath().toUri().toString());
        assertThat(factory.create(TargetDefinition.of("a", "fake:bucket")).place())
                .isEqualTo("fake:bucket/");
    }

    /** A resource of which nothing is known but that it can be written. */
    private static final class OddResource extends ByteArrayResource implements WritableResource {

        private final List<String> calls;
        private final RuntimeException failure;

        OddResource(List<String> calls, RuntimeException failure) {
            super(new byte[0]);
            this.calls = calls;
            this.failure = failure;
        }

        @Override
        public Resource createRelative(String path) {
            return this;
        }

        @Override
        public long contentLength() {
            throw new UnsupportedOperationException("cannot tell");
        }

        @Override
        public OutputStream getOutputStream() {
            return new OutputStream() {
                @Override
                public void write(int b) {
                    throw new AssertionError("Byte by byte");
                }

                @Override
                public void write(byte[] bytes, int from, int count) {
                    calls.add("write");
                    if (failure != null) {
                        throw failure;
                    }
                }

                @Override
                public void close() {
                    calls.add("close");
                }
            };
        }
    }
}
