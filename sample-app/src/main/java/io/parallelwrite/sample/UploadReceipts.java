package io.parallelwrite.sample;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.target.FileTarget;
import io.parallelwrite.target.FileTargetSettings;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the receipt of the last upload of every path, to tell later which copies still are what was uploaded.
 *
 * <p>A receipt is a file of JSON in {@code receipts/}, under the path of the object. It is written by a writer of its own with
 * a single target, so it is there whole or not at all. That writer is no bean: the application has one {@link
 * ParallelResourceWriter}, and this is not it.
 *
 * <p>The receipt is written after the upload. If the process ends in between, or two uploads of one path end at the same
 * time, it may be that of another upload; a comparison then says that no copy matches it.
 *
 * <p>Thread-safe.
 */
@Component
final class UploadReceipts implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(UploadReceipts.class);

    private final ParallelResourceWriter writer;
    private final JsonMapper json;

    UploadReceipts(SampleProperties properties, JsonMapper json) throws IOException {
        this.writer = ParallelResourceWriter.builder()
                .target(new FileTarget("receipts", properties.receiptsDirectory(), FileTargetSettings.defaults()))
                .build();
        this.json = json;
    }

    /** Keeps a receipt in the place of the one before. A failure is logged: the upload itself has succeeded. */
    void keep(WriteResultJson receipt) {
        try {
            writer.write(receipt.path(), json.writeValueAsBytes(receipt));
        } catch (IOException e) {
            log.warn("The receipt of '{}' could not be kept; comparisons will do without", receipt.path(), e);
        }
    }

    /** Forgets the receipt of an object that was deleted. A failure is logged: the delete itself has succeeded. */
    void forget(String path) {
        try {
            writer.delete(path);
        } catch (IOException e) {
            log.warn("The receipt of '{}' is still there; it is of no use any more", path, e);
        }
    }

    /**
     * Finds the receipt of the last upload.
     *
     * @param path the path
     * @return empty if there is none, as for what was uploaded before receipts were kept
     * @throws IOException if it cannot be read
     */
    Optional<WriteResultJson> find(String path) throws IOException {
        try (InputStream in = writer.reader().open(path)) {
            return Optional.of(json.readValue(in, WriteResultJson.class));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (JacksonException e) {
            throw new IOException("The receipt of '" + path + "' cannot be read; upload the object again", e);
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
