package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.core.async.BlockingOutputStreamAsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Streams an object of undeclared size to S3 through the SDK's client of native code, with its defaults. */
final class CrtWriting implements Writing {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

    private final Content content;
    private final URI endpoint;
    private final S3AsyncClient client;
    private final Set<String> deleted = new HashSet<>();

    CrtWriting(Place place) {
        content = place.content();
        endpoint = place.endpoint();
        client = S3Access.crt(endpoint);
    }

    @Override
    public void write(String path, long byteCount) throws IOException {
        BlockingOutputStreamAsyncRequestBody body = BlockingOutputStreamAsyncRequestBody.builder()
                .subscribeTimeout(START_TIMEOUT)
                .build();
        CompletableFuture<PutObjectResponse> sent =
                client.putObject(put -> put.bucket(S3Access.BUCKET).key(path), body);
        try (OutputStream out = body.outputStream()) {
            content.writeTo(out, byteCount);
        } catch (IOException | RuntimeException e) {
            if (sent.isCompletedExceptionally()) {
                throw notWritten(path, sent, e); // why nobody took the bytes
            }
            throw e;
        }
        try {
            sent.join();
        } catch (CompletionException e) {
            throw new IOException("Not written: " + path, e);
        }
    }

    private static IOException notWritten(String path, CompletableFuture<?> sent, Exception symptom) {
        try {
            sent.join();
            return new IOException("Not written: " + path, symptom);
        } catch (CompletionException e) {
            e.addSuppressed(symptom);
            return new IOException("Not written: " + path, e);
        }
    }

    /** Notes it for the end: this client does not take the answer of S3 to a deletion, and another would take memory. */
    @Override
    public void delete(String path) {
        deleted.add(path);
    }

    @Override
    public void close() {
        client.close();
        try (S3Client other = S3Access.sync(endpoint)) {
            deleted.forEach(path -> S3Access.delete(other, path));
        }
    }
}
