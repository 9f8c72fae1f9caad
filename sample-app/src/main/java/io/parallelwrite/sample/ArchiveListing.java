package io.parallelwrite.sample;

import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;

/**
 * Lists the archive by walking the directory of the target {@code local}, which holds what every other target holds.
 *
 * <p>Thread-safe. Files may come and go while it walks.
 */
@Component
final class ArchiveListing {

    private final Path directory;

    ArchiveListing(SampleProperties properties) {
        this.directory = properties.localDirectory();
    }

    /**
     * Walks the directory.
     *
     * @return the archived files by path; staged writes are left out
     * @throws IOException if the directory cannot be read
     */
    List<ArchivedFile> list() throws IOException {
        Walk walk = new Walk();
        Files.walkFileTree(directory, walk);
        walk.files.sort(Comparator.comparing(ArchivedFile::path));
        return walk.files;
    }

    /** One walk through the directory. */
    private final class Walk extends SimpleFileVisitor<Path> {

        private final List<ArchivedFile> files = new ArrayList<>();

        @Override
        public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            return isStaged(path) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !isStaged(path)) {
                files.add(new ArchivedFile(
                        nameOf(path),
                        attributes.size(),
                        attributes.lastModifiedTime().toInstant()));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException gone) {
            return FileVisitResult.CONTINUE;
        }

        private static boolean isStaged(Path path) {
            return path.getFileName().toString().startsWith(TargetPath.RESERVED_PREFIX);
        }

        private String nameOf(Path path) {
            return StreamSupport.stream(directory.relativize(path).spliterator(), false)
                    .map(Path::toString)
                    .collect(Collectors.joining("/"));
        }
    }
}
