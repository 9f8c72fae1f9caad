package io.parallelwrite.benchmarks;

import java.io.IOException;

/** What is called on all handles at once. */
enum BarrierCall {
    /** Asks where the handles are. */
    POSITION {
        @Override
        void on(ChannelCalls calls) throws IOException {
            calls.position();
        }
    },
    /** Writes 1 KiB. */
    WRITE {
        @Override
        void on(ChannelCalls calls) throws IOException {
            calls.write();
        }
    };

    abstract void on(ChannelCalls calls) throws IOException;
}
