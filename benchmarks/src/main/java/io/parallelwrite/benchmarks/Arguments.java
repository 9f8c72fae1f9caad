package io.parallelwrite.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.util.unit.DataSize;

/**
 * The command line of {@link EndToEnd}.
 *
 * @param comparison what to run
 * @param size of the object that is written
 * @param repeats how many pairs
 * @param server which S3 server
 * @param rate how many bytes the discarding server takes in a second, or 0 for no limit
 * @param delay how much later the discarding server answers a request than it could
 * @param directory where the local target is
 * @param s3Directory where S3Proxy keeps its objects
 * @param heap the largest heap of a side in a process of its own
 * @param piece how much one call of {@code write} gets
 * @param objects how many objects a backfill copies
 * @param concurrency how many of them at once
 */
record Arguments(
        Comparison comparison,
        DataSize size,
        int repeats,
        ServerKind server,
        DataSize rate,
        Duration delay,
        Path directory,
        Path s3Directory,
        String heap,
        DataSize piece,
        int objects,
        int concurrency) {

    private static final long USUAL_PIECE_KIBIBYTES = 64;
    private static final Set<String> OPTIONS = Set.of(
            "size", "repeats", "server", "rate", "dir", "s3-dir", "heap", "piece", "objects", "concurrency", "delay");

    /** Reads a command line; what is not given has the default of the comparison. */
    static Arguments parse(String[] args) {
        if (args.length == 0) {
            throw new IllegalArgumentException("Say which comparison to run");
        }
        Comparison comparison = Comparison.valueOf(args[0].toUpperCase(Locale.ROOT));
        Map<String, String> options = options(args);
        String directory = options.getOrDefault("dir", System.getProperty("java.io.tmpdir"));
        return new Arguments(
                comparison,
                DataSize.parse(options.getOrDefault("size", comparison.defaultSize())),
                Integer.parseInt(options.getOrDefault("repeats", comparison.defaultRepeats())),
                ServerKind.valueOf(options.getOrDefault("server", "s3proxy").toUpperCase(Locale.ROOT)),
                DataSize.parse(options.getOrDefault("rate", "0")),
                Duration.ofMillis(
                        Long.parseLong(options.getOrDefault("delay", "0").replaceFirst("ms$", ""))),
                Path.of(directory),
                Path.of(options.getOrDefault("s3-dir", directory)),
                options.getOrDefault("heap", comparison.defaultHeap()),
                DataSize.parse(options.getOrDefault("piece", "64KB")),
                Integer.parseInt(options.getOrDefault("objects", "10000")),
                Integer.parseInt(options.getOrDefault("concurrency", "4")));
    }

    /** Returns the server as a cell of a table. */
    String serverText() {
        String name = server.name().toLowerCase(Locale.ROOT);
        return name
                + (rate.toBytes() == 0 ? "" : ", " + rate.toMegabytes() + " MiB/s")
                + (delay.isZero() ? "" : ", " + delay.toMillis() + " ms");
    }

    /** Returns the size as a cell of a table. */
    String sizeText() {
        return text(size);
    }

    /** Returns the size and, where it is not the usual one, that of a call, as a cell of a table. */
    String sizeAndPieceText() {
        return piece.toKilobytes() == USUAL_PIECE_KIBIBYTES ? sizeText() : sizeText() + " by " + text(piece);
    }

    /** Makes the content whose calls have that size. */
    Content content() {
        return new GeneratedContent((int) piece.toBytes());
    }

    private static String text(DataSize size) {
        if (size.toMegabytes() > 0) {
            return size.toMegabytes() + " MiB";
        }
        return size.toKilobytes() > 0 ? size.toKilobytes() + " KiB" : size.toBytes() + " B";
    }

    private static Map<String, String> options(String[] args) {
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i < args.length; i++) {
            String[] option = args[i].split("=", 2);
            String name = option[0].replaceFirst("^--", "");
            if (option.length != 2 || !OPTIONS.contains(name)) {
                throw new IllegalArgumentException("'" + args[i] + "' is not one of --<name>=<value> with " + OPTIONS);
            }
            options.put(name, option[1]);
        }
        return options;
    }
}
