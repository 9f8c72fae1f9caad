package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.transfer.s3.S3TransferManager;

/**
 * Uploads a file by {@code S3TransferManager.uploadFile}, with the Java client and its multipart uploads; the file is there
 * already, or it is written, and synced, as part of what is measured.
 */
final class TransferManagerWriting implements Writing {

    private final boolean writesFile;
    private final Path directory;
    private final Content content;
    private final S3AsyncClient client;
    private final S3TransferManager transfers;

    private TransferManagerWriting(Place place, boolean writesFile) {
        this.writesFile = writesFile;
        this.directory = place.directory();
        this.content = place.content();
        this.client = S3Access.asyncMultipart(place.endpoint());
        this.transfers = S3TransferManager.builder().s3Client(client).build();
    }

    /** Uploads what is on the disk already. */
    static TransferManagerWriting fromFile(Place place) {
        return new TransferManagerWriting(place, false);
    }

    /** Writes the file, then uploads it. */
    static TransferManagerWriting fileThenUpload(Place place) {
        return new TransferManagerWriting(place, true);
    }

    @Override
    public void provide(String path, long byteCount) throws IOException {
        if (!writesFile) {
            writeFile(path, byteCount);
        }
    }

    @Override
    public void write(String path, long byteCount) throws IOException {
        if (writesFile) {
            writeFile(path, byteCount);
        }
        try {
            transfers
                    .uploadFile(upload -> upload.source(directory.resolve(path))
                            .putObjectRequest(put -> put.bucket(S3Access.BUCKET).key(path)))
                    .completionFuture()
                    .join();
        } catch (CompletionException e) {
            throw new IOException("Not uploaded: " + path, e);
        }
    }

    private void writeFile(String path, long byteCount) throws IOException {
        try (OutputStream out = new SyncedFileOutputStream(directory.resolve(path))) {
            content.writeTo(out, byteCount);
        }
    }

    @Override
    public void delete(String path) throws IOException {
        Files.deleteIfExists(directory.resolve(path));
        client.deleteObject(request -> request.bucket(S3Access.BUCKET).key(path))
                .join();
    }

    @Override
    public void close() {
        transfers.close();
        client.close();
    }
}
