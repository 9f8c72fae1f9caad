package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The other side: the Python package this project grew out of, over {@code io.BytesIO} objects. Not thread-safe. */
final class PythonCalls implements CallsSide {

    private final PythonScript script;

    private PythonCalls(PythonScript script) {
        this.script = script;
    }

    /**
     * Installs and starts it; blocks as {@link PythonScript} does.
     *
     * @throws IOException if there is no Python 3, or the package cannot be installed; the output above says more
     */
    static PythonCalls open() throws IOException {
        return new PythonCalls(PythonScript.open("python_calls.py", List.of(PythonScript.PARALLEL_WRITE), Map.of()));
    }

    @Override
    public double callsPerSecond(BarrierCall call, int handles, double seconds) throws IOException {
        return script.ask(call.name().toLowerCase(Locale.ROOT) + " " + handles + " " + seconds);
    }

    @Override
    public void close() throws IOException {
        script.close();
    }
}
