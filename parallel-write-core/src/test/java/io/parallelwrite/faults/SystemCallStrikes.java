package io.parallelwrite.faults;

import io.parallelwrite.faults.ChildJvm.Ran;
import io.parallelwrite.faults.ChildWrite.Task;
import io.parallelwrite.faults.DiskPair.Sweep;
import io.parallelwrite.faults.Strace.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.util.FileSystemUtils;

/**
 * Strikes a process at its system calls, one at a time, and judges what each left.
 *
 * <p>First each task runs unhindered and its calls are recorded; then it runs again for every call that is to be struck.
 */
final class SystemCallStrikes {

    private static final int PARALLEL = 2;

    /** Whose calls are struck. */
    enum Watch {
        TARGETS,
        ONE_TARGET,
        JOURNAL;

        List<Path> paths(DiskPair disks, Task task) {
            return switch (this) {
                case TARGETS -> Strace.ofTargets(disks, task);
                case ONE_TARGET -> Strace.ofTarget(disks.targets().get(1), task);
                case JOURNAL -> Strace.ofJournal(disks);
            };
        }
    }

    /** In which part of the life of the process. */
    enum Stage {
        STARTING,
        WORKING;

        /** Targets are made ready before they have notes, with a probe file that only its age tells from others. */
        Sweep sweep() {
            return this == STARTING ? Sweep.BY_NOTES_AND_AGE : Sweep.BY_NOTES;
        }
    }

    /**
     * What runs, and what of it is struck.
     *
     * @param task what the process does
     * @param rule {@code all} or {@code any}
     * @param stage in which part of its life
     * @param watch whose calls
     */
    record Scene(Task task, String rule, Stage stage, Watch watch) {}

    /**
     * One strike.
     *
     * @param scene what runs
     * @param point where it is struck
     * @param blow what happens there, in the words of strace
     */
    record Strike(Scene scene, Point point, String blow) {}

    /**
     * What came of all strikes.
     *
     * @param strikes how many were made
     * @param fatal how many of them killed the process
     * @param swept how many staged files they left for the recovery to discard
     * @param violations what was wrong, and where
     */
    record Report(int strikes, int fatal, long swept, List<String> violations) {}

    private record Judged(Strike strike, Ran ran, long swept, List<String> violations) {}

    private final ChildJvm jvm;
    private final Path directory;

    SystemCallStrikes(ChildJvm jvm, Path directory) {
        this.jvm = jvm;
        this.directory = directory;
    }

    /** Runs a scene unhindered, and returns a strike for each call and each blow. */
    List<Strike> strikes(Scene scene, String... blows) throws IOException, InterruptedException {
        Path record = Files.createTempFile(directory, "record", ".txt");
        DiskPair disks = disks(scene.task());
        run(scene, disks, record, List.of());
        List<Point> points = Strace.points(record);
        if (points.isEmpty()) {
            throw new IOException("No system call was seen in " + scene);
        }
        String first = points.get(0).thread(); // starting is done by the first; what works later may be several
        Set<String> known = new HashSet<>();
        List<Strike> strikes = new ArrayList<>();
        for (Point point : points) {
            boolean wanted = scene.stage() == Stage.WORKING || point.thread().equals(first);
            if (wanted && known.add(point.toString())) { // the same on another thread: the first to get there is struck
                for (String blow : blows) {
                    strikes.add(new Strike(scene, point, blow));
                }
            }
        }
        FileSystemUtils.deleteRecursively(disks.root());
        return strikes;
    }

    /** Makes all strikes. */
    Report run(List<Strike> strikes) throws InterruptedException, ExecutionException {
        ExecutorService runners = Executors.newFixedThreadPool(PARALLEL);
        try {
            List<Callable<Judged>> runs = new ArrayList<>();
            strikes.forEach(strike -> runs.add(() -> run(strike)));
            List<Judged> judged = new ArrayList<>();
            for (Future<Judged> run : runners.invokeAll(runs)) {
                judged.add(run.get());
            }
            return report(judged);
        } finally {
            runners.shutdown();
        }
    }

    private static Report report(List<Judged> judged) {
        int fatal = (int) judged.stream().filter(one -> one.ran().killed()).count();
        long swept = judged.stream().mapToLong(Judged::swept).sum();
        List<String> violations = judged.stream()
                .filter(one -> !one.violations().isEmpty())
                .map(one -> one.strike() + ": " + one.violations() + " " + one.ran())
                .toList();
        return new Report(judged.size(), fatal, swept, violations);
    }

    private Judged run(Strike strike) throws IOException, InterruptedException {
        Scene scene = strike.scene();
        DiskPair disks = disks(scene.task());
        Ran ran = run(scene, disks, Path.of("/dev/null"), strike.point().option(strike.blow()));
        Judge judge = new Judge(disks, scene.task());
        List<String> violations = judge.violations(ran, scene.stage().sweep());
        FileSystemUtils.deleteRecursively(disks.root());
        return new Judged(strike, ran, judge.swept(), violations);
    }

    private Ran run(Scene scene, DiskPair disks, Path record, List<String> options)
            throws IOException, InterruptedException {
        List<String> strace = Strace.command(record, scene.watch().paths(disks, scene.task()), options);
        return scene.stage() == Stage.STARTING
                ? jvm.runUnder(strace, disks, scene.task(), scene.rule())
                : jvm.runThenAttach(strace, disks, scene.task(), scene.rule());
    }

    /** Returns a new pair as the task finds it. */
    private DiskPair disks(Task task) throws IOException, InterruptedException {
        DiskPair disks = DiskPair.at(Files.createTempDirectory(directory, "disks"), task.needsOld());
        if (task == Task.RECOVER) {
            Point secondRename = new Point("rename", 2, "", "");
            Scene scene = new Scene(Task.OVERWRITE, "all", Stage.WORKING, Watch.TARGETS);
            run(scene, disks, Path.of("/dev/null"), secondRename.option("signal=KILL"));
        }
        return disks;
    }
}
