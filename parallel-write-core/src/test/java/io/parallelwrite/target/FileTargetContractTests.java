package io.parallelwrite.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class FileTargetContractTests {

    @Nested
    class WithDefaults extends FileContract {
        WithDefaults() {
            super(FileTargetSettings.defaults(), Strength.WRITTEN);
        }
    }

    @Nested
    class WithReadBack extends FileContract {
        WithReadBack() {
            super(FileTargetSettings.defaults().withReadBack(true).withPermissions("rw-r-----"), Strength.FULL_OBJECT);
        }
    }

    @Nested
    class WithoutSync extends FileContract {
        WithoutSync() {
            super(FileTargetSettings.defaults().withSync(false), Strength.WRITTEN);
        }
    }

    abstract static class FileContract extends TargetContract {

        private final FileTargetSettings settings;
        private final Strength strength;

        @TempDir
        private Path directory;

        FileContract(FileTargetSettings settings, Strength strength) {
            this.settings = settings;
            this.strength = strength;
        }

        @Override
        protected Target newTarget() {
            return new FileTarget("local", directory.resolve("not/yet there"), settings);
        }

        @Override
        protected Target anotherOver(Target target) {
            return newTarget();
        }

        @Override
        protected boolean putForeign(Target target, String name) throws Exception {
            return ForeignFiles.put(directory.resolve("not/yet there"), name);
        }

        @Override
        protected Strength strength() {
            return strength;
        }

        @Override
        protected void assertNothingLeftBehind(Target target) throws Exception {
            try (Stream<Path> files = Files.walk(directory)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .noneMatch(name -> name.startsWith(TargetPath.RESERVED_PREFIX));
            }
        }
    }
}
