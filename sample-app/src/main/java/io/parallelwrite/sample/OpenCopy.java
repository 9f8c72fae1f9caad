package io.parallelwrite.sample;

import io.parallelwrite.compare.CopyAnswer;
import io.parallelwrite.compare.CopyInputStream;
import io.parallelwrite.compare.ParallelResourceReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.core.io.AbstractResource;

/**
 * A copy that is open for download, so that the answer's headers can say whose it is.
 *
 * <p>The size is told only if the copy certainly has it: the target that serves it said so before it was opened, and after.
 * Otherwise an object that is replaced in that moment would be cut off at the size of the other.
 *
 * <p>Not thread-safe. Close it in any case; reading its stream to the end and closing that does the same.
 */
final class OpenCopy extends AbstractResource implements Closeable {

    private static final long UNKNOWN = -1;

    private final ParallelResourceReader reader;
    private final CopyInputStream copy;
    private final long size;
    private boolean handedOut;

    private OpenCopy(ParallelResourceReader reader, CopyInputStream copy, long size) {
        this.reader = reader;
        this.copy = copy;
        this.size = size;
    }

    /**
     * Opens the copy of the first target that can give it.
     *
     * @param reader reads from the targets
     * @param path the path
     * @return the open copy
     * @throws java.io.FileNotFoundException if no target holds one
     * @throws IOException if no target can give one
     */
    static OpenCopy open(ParallelResourceReader reader, String path) throws IOException {
        Optional<CopyAnswer.Held> before = reader.find(path);
        CopyInputStream copy = reader.open(path);
        try {
            Optional<CopyAnswer.Held> after = reader.find(path);
            boolean same =
                    before.equals(after) && after.map(CopyAnswer.Held::target).equals(Optional.of(copy.servedBy()));
            return new OpenCopy(
                    reader, copy, same ? after.orElseThrow().object().size() : UNKNOWN);
        } catch (IOException | RuntimeException e) {
            copy.close();
            throw e;
        }
    }

    /** Returns the target whose copy this is. If it fails in the middle, another may take over. */
    String servedBy() {
        return copy.servedBy();
    }

    /** Returns the targets passed over and why, as in {@code local; reason=missing}; empty if there are none. */
    String passedOver() {
        return copy.passedOver().stream()
                .map(left -> left.target() + "; reason=" + left.reason().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    @Override
    public long contentLength() {
        return size;
    }

    /** Returns the open copy; when called again, as for an answer of several ranges, opens another. */
    @Override
    public InputStream getInputStream() throws IOException {
        if (handedOut) {
            return reader.open(copy.path());
        }
        handedOut = true;
        return copy;
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public String getFilename() {
        return copy.path().substring(copy.path().lastIndexOf('/') + 1);
    }

    @Override
    public String getDescription() {
        return "copy of '" + copy.path() + "' at '" + copy.servedBy() + "'";
    }

    @Override
    public void close() throws IOException {
        copy.close();
    }
}
