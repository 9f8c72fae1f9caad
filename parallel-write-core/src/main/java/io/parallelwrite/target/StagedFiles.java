package io.parallelwrite.target;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The staged files below a base that no open write owns: discards one by its name, or all that are old.
 *
 * <p>Only files of exactly the names a {@link StagedFile} or the probe of a {@link FileBase} gets are touched, which no object
 * can have; links are neither followed nor deleted. Blocks on the disk.
 *
 * @param place the base
 * @param open what open writes have staged
 */
record StagedFiles(FilePlace place, OpenStaging open) {

    private static final Pattern NAME =
            Pattern.compile(Pattern.quote(TargetPath.RESERVED_PREFIX) + "(" + FileBase.PROBE + ")?[0-9a-f]{32}");

    /** Deletes the file that was staged beside an object; one that is gone is as good. */
    void discard(TargetPath path, String name) throws IOException {
        if (!NAME.matcher(name).matches() || open.isOpen(name)) {
            throw new IOException("'" + name + "' is not the name of a staged file that was left behind");
        }
        Path directory = FilePlace.directoryOf(place.file(path));
        BasicFileAttributes attributes = FilePlace.attributes(directory);
        if (attributes == null || !attributes.isDirectory()) {
            place.checkThere("look for staged files in");
            return;
        }
        place.checkInside(directory);
        Path file = directory.resolve(name);
        BasicFileAttributes staged = FilePlace.attributes(file);
        if (staged != null && staged.isRegularFile()) {
            delete(file);
        }
    }

    private static void delete(Path file) throws IOException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw FileFailure.explained("delete the staged file", file, e);
        }
    }

    /** Goes through all directories, one after the other; in memory are those from the base to the one it is in. */
    void sweep(StagedSweep sweep) throws IOException {
        place.checkThere("look for staged files in");
        Files.walkFileTree(place.real(), new Visitor(sweep));
    }

    private final class Visitor extends SimpleFileVisitor<Path> {

        private final StagedSweep sweep;

        Visitor(StagedSweep sweep) {
            this.sweep = sweep;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = String.valueOf(file.getFileName());
            boolean old = attributes.lastModifiedTime().toInstant().isBefore(sweep.before());
            if (attributes.isRegularFile() && old && NAME.matcher(name).matches() && !open.isOpen(name)) {
                discard(file);
            }
            return next();
        }

        private void discard(Path file) {
            try {
                delete(file);
                sweep.discarded(file.toString());
            } catch (IOException e) {
                sweep.failed(file.toString(), e);
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return failed(file, e);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
            return e == null ? next() : failed(directory, e);
        }

        /** What has gone meanwhile is no failure. */
        private FileVisitResult failed(Path file, IOException e) {
            if (!(e instanceof NoSuchFileException)) {
                sweep.failed(file.toString(), FileFailure.explained("look for staged files in", file, e));
            }
            return next();
        }

        private FileVisitResult next() {
            return sweep.isStopped() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }
    }
}
