package io.parallelwrite.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/**
 * A Python script of this module in a process of its own, which answers one line to each line it is sent.
 *
 * <p>Opening it makes a virtual environment in a temporary directory and installs packages into it, which blocks for as
 * long as that takes; closing it deletes the directory. Not thread-safe.
 */
final class PythonScript implements Closeable {

    /** The package this project grew out of. */
    static final String PARALLEL_WRITE = "parallel-write==0.0.10";

    private static final String RESULT = "measured ";

    private final Path directory;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter requests;

    private PythonScript(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Installs and starts it.
     *
     * @param script the name of a resource beside this class
     * @param packages what {@code pip} installs
     * @param environment variables for the script
     * @throws IOException if there is no Python 3, or a package cannot be installed; the output above says more
     */
    static PythonScript open(String script, List<String> packages, Map<String, String> environment) throws IOException {
        Path directory = Files.createTempDirectory("python-");
        try {
            run(List.of("python3", "-m", "venv", directory.resolve("venv").toString()));
            String python =
                    directory.resolve("venv").resolve("bin").resolve("python").toString();
            List<String> install =
                    new ArrayList<>(List.of(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"));
            install.addAll(packages);
            run(install);
            ProcessBuilder started = new ProcessBuilder(
                            python, copy(script, directory).toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            started.environment().putAll(environment);
            return new PythonScript(directory, started.start());
        } catch (IOException e) {
            FileSystemUtils.deleteRecursively(directory);
            throw e;
        }
    }

    private static Path copy(String script, Path directory) throws IOException {
        Path copy = directory.resolve(script);
        try (InputStream in = PythonScript.class.getResourceAsStream(script)) {
            if (in == null) {
                throw new IOException(script + " is not on the class path; build the module again");
            }
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        return copy;
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + String.join(" ", command), e);
        }
    }

    /** Sends a line; blocks until the script has answered, and returns what it measured. */
    double ask(String request) throws IOException {
        requests.write(request + "\n");
        requests.flush();
        String answer = answers.readLine();
        if (answer == null || !answer.startsWith(RESULT)) {
            throw new IOException("The Python side ended; its output is above");
        }
        return Double.parseDouble(answer.substring(RESULT.length()));
    }

    @Override
    public void close() throws IOException {
        requests.close(); // ends the script
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroy();
        }
        FileSystemUtils.deleteRecursively(directory);
    }
}
