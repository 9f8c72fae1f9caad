package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a disk and to S3 by our writer and by everything else that could be used for it, and by our writer to each
 * alone, which is the limit. The ratios are those of times, round by round.
 *
 * <p>All sides of Java run in this process and keep their clients and connections from object to object; each round begins
 * with another of them. What a side wrote is deleted before the next begins. All leave the file synced.
 */
final class PeersComparison {

    private static final List<Side> PEERS =
            List.of(Side.TEE, Side.BARRIER, Side.FILE_THEN_UPLOAD, Side.AWS_COMMAND, Side.RCLONE, Side.PYTHON);
    private static final double MILLIS = 1e3;
    private static final double MEBIBYTE = 1 << 20;

    private final Arguments arguments;
    private final Setting setting;
    private final Contender local = new Contender(Side.LOCAL);
    private final Contender s3 = new Contender(Side.S3);
    private final Contender ours = new Contender(Side.BOTH);
    private final List<Contender> peers = PEERS.stream().map(Contender::new).toList();
    /** Ours ÷ the slower alone. */
    private final Samples limitRatio = new Samples();

    /** A side, and what it has shown; without a writing it could not run. */
    private static final class Contender {

        private final Side side;
        private final Samples millis = new Samples();
        private final Samples ratio = new Samples();
        private @Nullable Writing writing;

        Contender(Side side) {
            this.side = side;
        }
    }

    PeersComparison(Arguments arguments, Setting setting) {
        this.arguments = arguments;
        this.setting = setting;
    }

    void run() throws IOException {
        List<Contender> order = Stream.concat(Stream.of(local, s3, ours), peers.stream())
                .collect(Collectors.toCollection(ArrayList::new));
        try {
            order.forEach(this::open);
            for (int i = 1; i <= arguments.repeats(); i++) {
                round(i, order);
                Collections.rotate(order, 1);
            }
        } finally {
            for (Contender contender : order) {
                close(contender);
            }
        }
        print();
    }

    /** Opens it and lets it write once, not measured. */
    private void open(Contender contender) {
        try {
            contender.writing = contender.side.open(setting.place(arguments.content()));
            SideProcess.warmUp(contender.writing, arguments.size().toBytes());
        } catch (IOException | RuntimeException e) {
            drop(contender, e);
        }
    }

    private void drop(Contender contender, Exception reason) {
        System.out.println(contender.side + ": could not run: " + reason);
        for (Throwable cause = reason.getCause(); cause != null; cause = cause.getCause()) {
            System.out.println("  because of " + cause);
        }
        close(contender);
        contender.writing = null;
    }

    private static void close(Contender contender) {
        if (contender.writing != null) {
            try {
                contender.writing.close();
            } catch (IOException e) {
                System.out.println(contender.side + ": could not be closed: " + e);
            }
        }
    }

    private void round(int number, List<Contender> order) {
        order.forEach(this::write);
        if (ours.writing != null && local.writing != null && s3.writing != null) {
            limitRatio.add(ours.millis.last() / Math.max(local.millis.last(), s3.millis.last()));
        }
        for (Contender peer : peers) {
            if (peer.writing != null && ours.writing != null) {
                peer.ratio.add(peer.millis.last() / ours.millis.last());
            }
        }
        System.out.println("round " + number + ": "
                + order.stream()
                        .filter(contender -> contender.writing != null)
                        .map(contender ->
                                String.format(Locale.ROOT, "%s %.1f ms", contender.side, contender.millis.last()))
                        .collect(Collectors.joining("; ")));
    }

    private void write(Contender contender) {
        if (contender.writing != null) {
            try {
                Measured measured =
                        Measured.write(contender.writing, arguments.size().toBytes());
                contender.millis.add(measured.seconds() * MILLIS);
            } catch (IOException | RuntimeException e) {
                drop(contender, e);
            }
        }
    }

    private void print() {
        System.out.println("| server | size | rounds | side | time, ms | MiB/s | ÷ ours |");
        System.out.println("|---|---|---|---|---|---|---|");
        print(local, "");
        print(s3, "");
        print(ours, "ours ÷ slower alone: " + limitRatio);
        peers.forEach(peer -> print(peer, peer.ratio.toString()));
    }

    private void print(Contender contender, String ratio) {
        System.out.printf(
                "| %s | %s | %d | %s | %s | %s | %s |%n",
                arguments.serverText(),
                arguments.sizeAndPieceText(),
                arguments.repeats(),
                contender.side,
                contender.millis,
                rate(contender.millis),
                ratio);
    }

    private String rate(Samples millis) {
        return millis.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT, "%.1f", arguments.size().toBytes() / MEBIBYTE / (millis.median() / MILLIS));
    }
}
