package io.parallelwrite.benchmarks;

import io.parallelwrite.handle.ParallelByteChannel;
import io.parallelwrite.handle.ParallelCalls;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Calls handles in memory through a barrier, by our two ways and by the Python package, in turn; the ratios are those of
 * their rates, round by round.
 *
 * <p>All sides have as many workers as handles, which is their default. Each round begins with another side.
 */
final class CallsComparison {

    private static final List<Integer> HANDLES = List.of(2, 8, 128);
    private static final double WARM_UP_SECONDS = 2;
    private static final double SECONDS = 0.5;
    private static final double THOUSAND = 1000;

    /** One way to call; without a side it could not run. */
    private record Contender(String title, @Nullable CallsSide side) {}

    /** What one way to call has shown. */
    private record Turn(Contender contender, Samples samples) {}

    private final Contender channel = new Contender("ParallelByteChannel", new JavaCalls(ParallelByteChannel::of));
    private final Contender proxy = new Contender(
            "ParallelCalls.proxy", new JavaCalls(channels -> ParallelCalls.proxy(SeekableByteChannel.class, channels)));
    private final Contender python = new Contender("Python", openPython());
    private final int rounds;

    CallsComparison(int rounds) {
        this.rounds = rounds;
    }

    private static @Nullable CallsSide openPython() {
        try {
            return PythonCalls.open();
        } catch (IOException e) {
            System.out.println("Python: could not run: " + e.getMessage());
            return null;
        }
    }

    void run() throws IOException {
        System.out.println(
                "| handles | call | ParallelByteChannel, 1000/s | ParallelCalls.proxy, 1000/s | Python, 1000/s |"
                        + " channel ÷ Python | proxy ÷ Python |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (int handles : HANDLES) {
            for (BarrierCall call : BarrierCall.values()) {
                new Row(handles, call).run();
            }
        }
        for (Contender contender : List.of(channel, proxy, python)) {
            if (contender.side() != null) {
                contender.side().close();
            }
        }
    }

    /** One call on one number of handles. */
    private final class Row {

        private final int handles;
        private final BarrierCall call;
        private final Samples ofChannel = new Samples();
        private final Samples ofProxy = new Samples();
        private final Samples ofPython = new Samples();
        private final List<Turn> order = new ArrayList<>(
                List.of(new Turn(channel, ofChannel), new Turn(proxy, ofProxy), new Turn(python, ofPython)));
        private final Samples channelRatio = new Samples();
        private final Samples proxyRatio = new Samples();

        Row(int handles, BarrierCall call) {
            this.handles = handles;
            this.call = call;
        }

        void run() throws IOException {
            for (Turn turn : order) {
                measure(turn.contender(), WARM_UP_SECONDS);
            }
            for (int i = 0; i < rounds; i++) {
                round();
                Collections.rotate(order, 1);
            }
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %s | %s | %s | %s | %s | %s |%n",
                    handles,
                    call.name().toLowerCase(Locale.ROOT),
                    ofChannel,
                    ofProxy,
                    ofPython,
                    channelRatio,
                    proxyRatio);
        }

        private void round() throws IOException {
            for (Turn turn : order) {
                double rate = measure(turn.contender(), SECONDS);
                if (turn.contender().side() != null) {
                    turn.samples().add(rate);
                }
            }
            if (python.side() != null) {
                channelRatio.add(ofChannel.last() / ofPython.last());
                proxyRatio.add(ofProxy.last() / ofPython.last());
            }
        }

        private double measure(Contender contender, double seconds) throws IOException {
            CallsSide side = contender.side();
            return side == null ? 0 : side.callsPerSecond(call, handles, seconds) / THOUSAND;
        }
    }
}
