package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Writes small objects at once, from one caller to ten thousand, on threads of both kinds, to targets that cost nothing and
 * to a disk and S3; each row in a new process.
 */
final class ConcurrencyRun {

    private static final String NO_CELLS = " | | | | | | ";
    private static final List<Integer> CALLERS = List.of(1, 16, 256, 10_000);

    private final Arguments arguments;
    private final Setting setting;

    ConcurrencyRun(Arguments arguments, Setting setting) {
        this.arguments = arguments;
        this.setting = setting;
    }

    void run() throws IOException {
        for (Callers kind : Callers.values()) {
            if (!kind.available()) {
                System.out.println(kind.name().toLowerCase(Locale.ROOT) + " threads: could not run: they need JDK "
                        + kind.firstJdk() + " or later");
            }
        }
        System.out.println("| targets | server | size | heap | callers | threads of callers | writes/s"
                + " | p50 / p99 / most, ms | failed | workers, of configured | all threads but callers"
                + " | peak heap, MiB | open writes at most |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        for (TargetPair pair : TargetPair.values()) {
            for (int callers : CALLERS) {
                for (Callers kind : Callers.values()) {
                    row(pair, callers, kind);
                }
            }
        }
    }

    private void row(TargetPair pair, int callers, Callers kind) throws IOException {
        System.out.printf(
                "| %s | %s | %s | %s | %d | %s | %s |%n",
                pair,
                pair == TargetPair.DISCARDING ? "" : arguments.serverText(),
                arguments.sizeText(),
                arguments.heap(),
                callers,
                kind.name().toLowerCase(Locale.ROOT),
                kind.available() ? measure(pair, callers, kind) : NO_CELLS);
    }

    /** Returns the cells, which stay empty if the process failed: then it has said why. */
    private String measure(TargetPair pair, int callers, Callers kind) throws IOException {
        Process process = new ProcessBuilder(JavaProcess.command(
                        arguments.heap(),
                        ConcurrencyProcess.class,
                        List.of(
                                pair.name(),
                                setting.endpoint().toString(),
                                setting.localDirectory().toString(),
                                Integer.toString(callers),
                                kind.name(),
                                Long.toString(arguments.size().toBytes()))))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return process.inputReader(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(ConcurrencyProcess.RESULT))
                .reduce((first, last) -> last)
                .map(line -> line.substring(ConcurrencyProcess.RESULT.length()))
                .orElse(NO_CELLS);
    }
}
