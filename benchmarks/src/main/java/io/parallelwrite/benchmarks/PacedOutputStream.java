package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;

/**
 * What a {@link DiscardingTarget} is, as a stream: checksums what it gets at a pace, and keeps none of it. Not thread-safe.
 */
final class PacedOutputStream extends OutputStream {

    private final CRC32C crc = new CRC32C();
    private final LongConsumer pace;

    PacedOutputStream(LongConsumer pace) {
        this.pace = pace;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        crc.update(bytes, offset, length);
        pace.accept(length);
    }

    @Override
    public void write(int written) throws IOException {
        write(new byte[] {(byte) written}, 0, 1);
    }
}
