package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Our side: channels in memory, driven as one by whatever the opener makes of them. Not thread-safe. */
final class JavaCalls implements CallsSide {

    /** Drives channels as one. */
    interface Opener {

        SeekableByteChannel over(List<SeekableByteChannel> channels) throws IOException;
    }

    private final Opener opener;
    private final Map<Integer, ChannelCalls> open = new HashMap<>();

    JavaCalls(Opener opener) {
        this.opener = opener;
    }

    @Override
    public double callsPerSecond(BarrierCall call, int handles, double seconds) throws IOException {
        ChannelCalls calls = open.get(handles);
        if (calls == null) {
            calls = new ChannelCalls(opener.over(channels(handles)));
            open.put(handles, calls);
        }
        return calls.callsPerSecond(call, seconds);
    }

    /** Returns new channels that have room for what {@link ChannelCalls} writes. */
    static List<SeekableByteChannel> channels(int count) {
        int capacity = ChannelCalls.WRITE_BYTES * ChannelCalls.WRITES_BEFORE_REWIND;
        return Stream.<SeekableByteChannel>generate(() -> new InMemoryChannel(capacity))
                .limit(count)
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (ChannelCalls calls : open.values()) {
            calls.close();
        }
    }
}
