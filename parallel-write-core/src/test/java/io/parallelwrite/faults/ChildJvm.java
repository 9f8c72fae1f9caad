package io.parallelwrite.faults;

import io.parallelwrite.faults.ChildWrite.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Starts {@link ChildWrite} in a process of its own.
 *
 * <p>What it needs is packed into one jar with an archive of its classes, which halves the time of a start.
 *
 * @param classPath what goes before the class path of the process
 * @param flags further flags of the JVM
 */
record ChildJvm(String classPath, List<String> flags) {

    private static final int SECONDS = 60;

    /**
     * What became of a process.
     *
     * @param said what the caller was told; {@code null} if the process was killed before it could say it
     * @param exitCode of the process
     */
    record Ran(@Nullable String said, int exitCode) {

        static final int KILLED = 128 + 9;

        boolean killed() {
            return exitCode == KILLED;
        }

        boolean acknowledged() {
            return said != null && said.startsWith("COMMITTED");
        }

        boolean failed() {
            return said != null && (said.startsWith("FAILED") || said.startsWith("REJECTED"));
        }
    }

    /** Packs the classes of this module and their archive into a directory. */
    static ChildJvm packed(Path directory) throws IOException, InterruptedException {
        Path jar = directory.resolve("child.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String entry : System.getProperty("java.class.path").split(":")) {
                if (Files.isDirectory(Path.of(entry))) {
                    pack(Path.of(entry), out);
                }
            }
        }
        String classPath = jar + ":" + librariesOnly();
        Path archive = directory.resolve("child.jsa");
        DiskPair disks = DiskPair.at(directory.resolve("first"), true);
        new ChildJvm(classPath, List.of("-XX:ArchiveClassesAtExit=" + archive)).run(disks, Task.OVERWRITE, "all");
        return new ChildJvm(classPath, List.of("-XX:SharedArchiveFile=" + archive));
    }

    /** Puts other classes before all others. */
    static ChildJvm with(Path classes) {
        return new ChildJvm(classes + ":" + System.getProperty("java.class.path"), List.of());
    }

    private static String librariesOnly() {
        return String.join(
                ":",
                Stream.of(System.getProperty("java.class.path").split(":"))
                        .filter(entry -> entry.endsWith(".jar"))
                        .filter(entry -> entry.contains("spring-core")
                                || entry.contains("commons-logging")
                                || entry.contains("jspecify"))
                        .toList());
    }

    private static void pack(Path classes, JarOutputStream out) throws IOException {
        Predicate<Path> needed = file -> {
            String name = file.toString();
            return name.endsWith(".class") && (!name.contains("test-classes") || name.contains("/faults/"));
        };
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(needed).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
    }

    List<String> command(DiskPair disks, Task task, String rule) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xlog:disable",
                "-Xmx64m"));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, ChildWrite.class.getName()));
        command.addAll(List.of(disks.root().toString(), task.name(), rule));
        return command;
    }

    /** Runs the process without hindering it. */
    Ran run(DiskPair disks, Task task, String rule) throws IOException, InterruptedException {
        return start(command(disks, task, rule)).go();
    }

    /** Runs the process under strace from its first system call on. */
    Ran runUnder(List<String> strace, DiskPair disks, Task task, String rule) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(strace);
        command.addAll(command(disks, task, rule));
        return start(command).go();
    }

    /** Runs the process and has strace follow it once it is ready. */
    Ran runThenAttach(List<String> strace, DiskPair disks, Task task, String rule)
            throws IOException, InterruptedException {
        Running running = start(command(disks, task, rule));
        running.awaitReady();
        List<String> attach = new ArrayList<>(strace);
        attach.addAll(List.of("-p", String.valueOf(running.process().pid())));
        Process follower = new ProcessBuilder(attach)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader reader = follower.errorReader();
        for (String line = reader.readLine(); line != null && !line.contains(" attached"); line = reader.readLine()) {
            if (line.contains("Operation not permitted") || line.contains("nvalid")) {
                throw new IOException(line);
            }
        }
        Ran ran = running.go();
        if (!follower.waitFor(SECONDS, TimeUnit.SECONDS)) {
            follower.destroy();
            throw new IOException("strace did not end after the process it followed");
        }
        return ran;
    }

    private static Running start(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new Running(process, process.inputReader());
    }

    /** A process that was started. */
    private record Running(Process process, BufferedReader out) {

        void awaitReady() throws IOException {
            String line = out.readLine();
            if (!ChildWrite.READY.equals(line)) {
                throw new IOException("The process did not get ready: " + line);
            }
        }

        /** Lets the process go on to its end. */
        Ran go() throws IOException, InterruptedException {
            try (OutputStream in = process.getOutputStream()) {
                in.write('\n');
            } catch (IOException e) {
                if (process.isAlive()) {
                    throw e;
                } // killed before it could read
            }
            String said = out.lines()
                    .filter(line -> line.startsWith(ChildWrite.SAID))
                    .map(line -> line.substring(ChildWrite.SAID.length()))
                    .findFirst()
                    .orElse(null);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroy();
                throw new IOException("The process did not end");
            }
            return new Ran(said, process.exitValue());
        }
    }
}
