package io.parallelwrite.s3;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of an object, which end where the object ends or with an exception, never early.
 *
 * <p>Reading blocks until bytes arrive. Closing before the end drops the connection instead of reading the rest. Not
 * thread-safe.
 */
final class S3ObjectStream extends FilterInputStream {

    private final ResponseInputStream<GetObjectResponse> response;
    private final String object;
    private final long byteCount;
    private long readCount;
    private boolean ended;

    S3ObjectStream(ResponseInputStream<GetObjectResponse> response, String object) {
        super(response);
        this.response = response;
        this.object = object;
        this.byteCount = response.response().contentLength();
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        int count = read(single, 0, 1);
        return count < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            int count = in.read(bytes, offset, length);
            if (count < 0) {
                end();
            } else {
                readCount += count;
            }
            return count;
        } catch (SdkException e) {
            throw S3Failures.failure("GetObject", object, e);
        }
    }

    private void end() throws EOFException {
        ended = true;
        if (readCount != byteCount) {
            throw new EOFException(
                    "GetObject of " + object + " ended after " + readCount + " of " + byteCount + " bytes");
        }
    }

    @Override
    public long skip(long count) throws IOException {
        long left = count;
        byte[] skipped = new byte[(int) Math.max(1, Math.min(8192, count))];
        while (left > 0) {
            int read = read(skipped, 0, (int) Math.min(skipped.length, left));
            if (read < 0) {
                break;
            }
            left -= read;
        }
        return count - left;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        if (ended) {
            response.close();
        } else {
            ended = true;
            response.abort();
        }
    }
}
