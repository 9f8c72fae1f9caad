package io.parallelwrite.faults;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.WriteOptions;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.faults.DiskPair.Sweep;
import io.parallelwrite.outcome.AcknowledgementRule;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.WriteResult;
import java.io.IOException;
import java.nio.file.Path;
import java.security.Provider;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A process that gets ready, says so, waits for a line, and then makes one change, so that it can be killed or hindered in
 * the middle. It says what the caller was told.
 *
 * <p>All calls to targets come from one thread and its random numbers are known, so that each run makes the same system
 * calls on the same names.
 */
final class ChildWrite {

    /** What the process does. */
    enum Task {
        OVERWRITE,
        CREATE,
        CREATE_ONLY,
        DELETE,
        RECOVER;

        /** Tells whether it starts from an old object. */
        boolean needsOld() {
            return this == OVERWRITE || this == DELETE || this == RECOVER;
        }

        /** Returns what fills all that is random in the process, so that names can be foreseen and none is met twice. */
        byte random() {
            return (byte) (this == RECOVER ? 0x22 : 0x11);
        }
    }

    static final String READY = "READY";
    static final String SAID = "SAID ";

    private ChildWrite() {}

    /** Gives one byte again and again. */
    public static final class KnownRandom extends SecureRandomSpi {

        static byte value;

        @Override
        protected void engineSetSeed(byte[] seed) {}

        @Override
        protected void engineNextBytes(byte[] bytes) {
            Arrays.fill(bytes, value);
        }

        @Override
        protected byte[] engineGenerateSeed(int size) {
            return new byte[size];
        }
    }

    private static final class KnownProvider extends Provider {
        KnownProvider() {
            super("Known", "1", "random numbers that are known");
            put("SecureRandom.Known", KnownRandom.class.getName());
        }
    }

    /**
     * Runs the process.
     *
     * @param args the root directory, the task, and the rule, {@code all} or {@code any}
     */
    public static void main(String[] args) throws Exception {
        Task task = Task.valueOf(args[1]);
        KnownRandom.value = task.random();
        Security.insertProviderAt(new KnownProvider(), 1);
        ExecutorService worker = Executors.newSingleThreadExecutor(run -> {
            Thread thread = new Thread(run, "worker");
            thread.setDaemon(true);
            return thread;
        });
        AcknowledgementRule rule = args[2].equals("any") ? AcknowledgementRule.atLeast(1) : AcknowledgementRule.all();
        DiskPair disks = new DiskPair(Path.of(args[0]));
        Journal journal = disks.journal();
        ParallelResourceWriter writer = disks.writer(journal, rule, builder -> builder.executor(worker));
        System.out.println(READY);
        System.in.read();
        System.out.println(SAID + said(disks, writer, task));
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static String said(DiskPair disks, ParallelResourceWriter writer, Task task) throws IOException {
        try {
            WriteResult result = switch (task) {
                case OVERWRITE, CREATE -> writer.write(DiskPair.PATH, DiskPair.NEW);
                case CREATE_ONLY ->
                    writer.write(
                            DiskPair.PATH, DiskPair.NEW, WriteOptions.none().withCreateOnly(true));
                case DELETE -> writer.delete(DiskPair.PATH);
                case RECOVER -> {
                    DiskPair.repairAll(writer.repairer().orElseThrow());
                    disks.sweepAll(writer.sweeper().orElseThrow(), Sweep.BY_NOTES);
                    yield null;
                }
            };
            return result == null ? "RECOVERED" : result.status().name();
        } catch (ParallelWriteException e) {
            return e.result().status().name() + " " + e.getMessage();
        }
    }
}
