package io.parallelwrite.handle;

import io.parallelwrite.Gate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A stream into memory that fails or hangs as it is told. */
final class ScriptedOutput extends OutputStream {

    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private int calls;
    int flushCount;
    int closeCount;

    // the script
    int failingCall = -1;
    IOException failure = new IOException("scripted");
    IOException closeFailure;
    Gate gate;

    /** Fails the write after this many more. */
    ScriptedOutput failAfter(int moreCalls) {
        failingCall = calls + moreCalls;
        return this;
    }

    byte[] bytes() {
        return taken.toByteArray();
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (gate != null) {
            gate.pass();
        }
        if (calls++ == failingCall) {
            throw failure;
        }
        taken.write(bytes, from, length);
    }

    @Override
    public void flush() {
        flushCount++;
    }

    @Override
    public void close() throws IOException {
        closeCount++;
        if (closeFailure != null) {
            throw closeFailure;
        }
    }
}
