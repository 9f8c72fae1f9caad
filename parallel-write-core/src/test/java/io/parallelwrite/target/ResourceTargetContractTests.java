package io.parallelwrite.target;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.FileUrlResource;
import org.springframework.core.io.Resource;

class ResourceTargetContractTests {

    @Nested
    class OverAFileSystemResource extends FileContract {
        @Override
        Resource base(String directory) {
            return new FileSystemResource(directory);
        }
    }

    @Nested
    class OverAFileUrlResource extends FileContract {
        @Override
        Resource base(String directory) throws Exception {
            return new FileUrlResource(directory);
        }
    }

    @Nested
    class OverAResourceWhoseStreamCanBeAborted extends TargetContract {

        @Override
        protected Target newTarget() {
            return new ResourceTarget("store", "fake:bucket/", new AbortableResource());
        }

        @Override
        protected boolean staged() {
            return true;
        }

        @Override
        protected boolean createOnlySupported() {
            return false;
        }

        @Override
        protected boolean deleteSupported() {
            return false;
        }

        @Override
        protected boolean listSupported() {
            return false;
        }

        @Override
        protected Strength strength() {
            return Strength.SIZE_ONLY;
        }
    }

    abstract static class FileContract extends TargetContract {

        @TempDir
        private Path directory;

        abstract Resource base(String directory) throws Exception;

        @Override
        protected Target newTarget() throws Exception {
            return new ResourceTarget("other", "file:" + directory + "/", base(directory + "/"));
        }

        @Override
        protected boolean createOnlySupported() {
            return false;
        }

        @Override
        protected boolean readsAsOfOpen() {
            return false;
        }

        @Override
        protected boolean putForeign(Target target, String name) throws Exception {
            return ForeignFiles.put(directory, name);
        }

        @Override
        protected Strength strength() {
            return Strength.SIZE_ONLY;
        }
    }
}
