package io.parallelwrite.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import org.springframework.util.FileSystemUtils;

/**
 * The other side: the Python package this project grew out of, over {@code io.BytesIO} objects.
 *
 * <p>Opening it makes a virtual environment in a temporary directory and installs the package into it, which blocks for as
 * long as that takes; closing it deletes the directory. Not thread-safe.
 */
final class PythonCalls implements CallsSide {

    private static final String PACKAGE = "parallel-write==0.0.10";
    private static final String SCRIPT = "python_calls.py";
    private static final String RESULT = "measured ";

    private final Path directory;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter requests;

    private PythonCalls(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Installs and starts it.
     *
     * @throws IOException if there is no Python 3, or the package cannot be installed; the output above says more
     */
    static PythonCalls open() throws IOException {
        Path directory = Files.createTempDirectory("python-calls-");
        try {
            run(List.of("python3", "-m", "venv", directory.resolve("venv").toString()));
            String python =
                    directory.resolve("venv").resolve("bin").resolve("python").toString();
            run(List.of(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PACKAGE));
            Path script = copyScript(directory);
            return new PythonCalls(
                    directory,
                    new ProcessBuilder(python, script.toString())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
        } catch (IOException e) {
            FileSystemUtils.deleteRecursively(directory);
            throw e;
        }
    }

    private static Path copyScript(Path directory) throws IOException {
        Path script = directory.resolve(SCRIPT);
        try (InputStream in = PythonCalls.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IOException(SCRIPT + " is not on the class path; build the module again");
            }
            Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
        }
        return script;
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

    @Override
    public double callsPerSecond(BarrierCall call, int handles, double seconds) throws IOException {
        requests.write(call.name().toLowerCase(Locale.ROOT) + " " + handles + " " + seconds + "\n");
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
