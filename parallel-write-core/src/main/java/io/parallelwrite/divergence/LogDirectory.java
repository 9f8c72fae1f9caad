package io.parallelwrite.divergence;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The calls a {@link FileJournal} and its {@link StagingLog} make to the disk, apart from the rest so that tests see their order, make one fail, and
 * cut the power between two of them. {@link DiskLogDirectory} makes them to a real one.
 *
 * <p>All block. One thread at a time calls it for the log, and another may for notes: files of other names.
 */
interface LogDirectory extends Closeable {

    /** Returns where it is, for messages. */
    Path path();

    /** Returns the names of the files. */
    List<String> names() throws IOException;

    /** Returns the bytes of a file; those that the device cannot read are zero. */
    byte[] read(String name) throws IOException;

    /** Creates a file that only its owner may read. Fails if the name is taken. */
    LogFile create(String name) throws IOException;

    /** Renames a file in one step. */
    void rename(String from, String to) throws IOException;

    /** Deletes a file. */
    void delete(String name) throws IOException;

    /** Makes creations and renames durable. */
    void sync() throws IOException;

    /** Gives the directory up to its next owner. */
    @Override
    void close() throws IOException;
}
