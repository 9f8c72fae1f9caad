package io.parallelwrite.faults;

import io.parallelwrite.faults.ChildWrite.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Commands of {@code strace}, and what its record says. */
final class Strace {

    /** The start of a system call in a record: the thread, the name, and the rest. */
    private static final Pattern CALL = Pattern.compile("^(\\d+) +(\\w+)\\((.*)$");

    private Strace() {}

    /**
     * A place in a run where it can be struck.
     *
     * @param call the name of the system call
     * @param number which of the calls of this name, on its thread and on the paths that are watched, from 1
     * @param thread the thread that made it
     * @param text what the record says
     */
    record Point(String call, int number, String thread, String text) {

        /** Returns the option that makes something happen here. */
        List<String> option(String what) {
            return List.of("-e", "inject=" + call + ":" + what + ":when=" + number);
        }

        @Override
        public String toString() {
            return call + " " + number;
        }
    }

    /** Tells whether processes can be followed here. */
    static boolean works() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("strace", "-f", "-o", "/dev/null", "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such command
        }
    }

    /** Returns a command that records the calls on some paths, with further options. */
    static List<String> command(Path record, List<Path> paths, List<String> options) {
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-o", record.toString()));
        for (Path path : paths) {
            command.addAll(List.of("-P", path.toString()));
        }
        command.addAll(options);
        return command;
    }

    /** Returns the names below the targets that a task touches. */
    static List<Path> ofTargets(DiskPair disks, Task task) {
        return disks.targets().stream()
                .flatMap(target -> ofTarget(target, task).stream())
                .toList();
    }

    static List<Path> ofTarget(Path target, Task task) {
        String random = hex(task);
        return List.of(
                target,
                target.resolve(DiskPair.PATH),
                target.resolve(".pw-" + hex(Task.OVERWRITE)), // also what a write left for the recovery
                target.resolve(".pw-" + random),
                target.resolve(".pw-Case" + random),
                target.resolve(".pw-case" + random));
    }

    private static String hex(Task task) {
        return String.format("%02x", task.random()).repeat(16);
    }

    static List<Path> ofJournal(DiskPair disks) {
        Path journal = disks.journalDirectory();
        return List.of(
                journal,
                journal.resolve("journal.lock"),
                journal.resolve("staging-0000000001.log"),
                journal.resolve("staging-0000000002.log"),
                journal.resolve("journal-0000000001.tmp"),
                journal.resolve("journal-0000000001.log"),
                journal.resolve("journal-0000000002.tmp"),
                journal.resolve("journal-0000000002.log"));
    }

    /** Reads the places of a record, in the order in which they were reached. */
    static List<Point> points(Path record) throws IOException {
        Map<String, Integer> counts = new HashMap<>();
        List<Point> points = new ArrayList<>();
        try (Stream<String> lines = Files.lines(record, StandardCharsets.ISO_8859_1)) {
            lines.map(CALL::matcher).filter(Matcher::find).forEach(call -> {
                int number = counts.merge(call.group(1) + " " + call.group(2), 1, Integer::sum);
                points.add(new Point(call.group(2), number, call.group(1), call.group(3)));
            });
        }
        return points;
    }
}
