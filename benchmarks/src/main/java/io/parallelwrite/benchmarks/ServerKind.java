package io.parallelwrite.benchmarks;

import java.nio.file.Path;
import java.util.List;

/** The S3 servers a comparison can be run against. */
enum ServerKind {
    /** S3Proxy with its objects on the disk. */
    S3PROXY(S3ProxyServer.class, 2),
    /** A server that throws every body away, at a limited rate if one is set. */
    DISCARD(DiscardingS3Server.class, 0);

    private final Class<?> main;
    private final int copies;

    ServerKind(Class<?> main, int copies) {
        this.main = main;
        this.copies = copies;
    }

    /** Returns how many times the size of an object it may need on the disk. */
    int copies() {
        return copies;
    }

    /** Returns how to start it. */
    List<String> command(Path directory, Arguments arguments) {
        List<String> args = this == DISCARD
                ? List.of(
                        Long.toString(arguments.rate().toBytes()),
                        Long.toString(arguments.delay().toMillis()))
                : List.of(directory.toString());
        return JavaProcess.command("512m", main, args);
    }
}
