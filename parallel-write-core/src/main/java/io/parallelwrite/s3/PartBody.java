package io.parallelwrite.s3;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Subscriber;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/**
 * The body of a request, read in place from a {@link PartBuffer}, that counts how often it was read.
 *
 * <p>The count is evidence. Never read: the request was not sent. Read once and answered with success: the server has
 * every byte, so nobody reads the memory any more. Read more than once: the SDK retried, and the attempt it gave up may
 * still be reading. Thread-safe.
 */
final class PartBody implements AsyncRequestBody {

    private final AsyncRequestBody bytes;
    private final long byteCount;
    private final AtomicInteger readCount = new AtomicInteger();

    PartBody(ByteBuffer[] bytes, long byteCount) {
        this.bytes = AsyncRequestBody.fromRemainingByteBuffersUnsafe(bytes);
        this.byteCount = byteCount;
    }

    @Override
    public Optional<Long> contentLength() {
        return Optional.of(byteCount);
    }

    @Override
    public String contentType() {
        return bytes.contentType();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        readCount.incrementAndGet();
        bytes.subscribe(subscriber);
    }

    int readCount() {
        return readCount.get();
    }
}
