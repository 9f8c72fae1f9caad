package io.parallelwrite.benchmarks;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.target.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.commons.io.output.TeeOutputStream;

/**
 * Writes to targets in this process whose rate varies at random: by our writer, by a pool with a barrier per call, and by a
 * tee that calls one after the other. Each is divided by the time of the slowest target alone, which our writer wrote in the
 * same round, at the same times for the same bytes.
 *
 * <p>Each round has other random numbers, the same in each run of this program, and begins with another side.
 */
final class JitterComparison {

    private static final List<Integer> TARGETS = List.of(2, 4, 8);
    private static final long DEFAULT_BYTES_PER_SECOND = 100L << 20;

    private final long byteCount;
    private final long bytesPerSecond;
    private final Arguments arguments;
    private final Content content;

    JitterComparison(Arguments arguments) {
        this.arguments = arguments;
        this.content = arguments.content();
        this.byteCount = arguments.size().toBytes();
        long rate = arguments.rate().toBytes();
        this.bytesPerSecond = rate == 0 ? DEFAULT_BYTES_PER_SECOND : rate;
    }

    void run() throws IOException {
        List<Row> rows = TARGETS.stream().map(Row::new).toList();
        new Row(2).round(0); // not measured: the code is compiled
        for (int i = 1; i <= arguments.repeats(); i++) {
            for (Row row : rows) {
                row.round(i);
            }
        }
        System.out.println("| targets | rate of each, MiB/s | size | rounds | slowest alone, s"
                + " | ours ÷ slowest alone | barrier ÷ slowest alone | tee ÷ slowest alone |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        rows.forEach(Row::print);
    }

    /** One way to write. */
    private record Contender(Task task, Samples seconds) {}

    /** Writes by the random numbers of a round. */
    private interface Task {
        void run(int round) throws IOException;
    }

    /** One number of targets. */
    private final class Row {

        private final int targets;
        private final Samples alone = new Samples();
        private final Contender ours = new Contender(this::ours, new Samples());
        private final Contender barrier = new Contender(this::barrier, new Samples());
        private final Contender tee = new Contender(this::tee, new Samples());
        private final List<Contender> order = new ArrayList<>(List.of(ours, barrier, tee));
        private final Samples oursRatio = new Samples();
        private final Samples barrierRatio = new Samples();
        private final Samples teeRatio = new Samples();

        Row(int targets) {
            this.targets = targets;
        }

        void round(int number) throws IOException {
            double slowest = 0;
            for (int i = 0; i < targets; i++) {
                Target target = target(number, i);
                slowest = Math.max(slowest, seconds(() -> write(List.of(target))));
            }
            alone.add(slowest);
            for (Contender contender : order) {
                contender.seconds().add(seconds(() -> contender.task().run(number)));
            }
            Collections.rotate(order, 1);
            oursRatio.add(ours.seconds().last() / slowest);
            barrierRatio.add(barrier.seconds().last() / slowest);
            teeRatio.add(tee.seconds().last() / slowest);
            System.out.printf(
                    Locale.ROOT,
                    "round %d, %d targets: slowest alone %.3f s, ours %.3f, barrier %.3f, tee %.3f%n",
                    number,
                    targets,
                    slowest,
                    ours.seconds().last(),
                    barrier.seconds().last(),
                    tee.seconds().last());
        }

        private double seconds(Measured.Task task) throws IOException {
            return Measured.of(task).seconds();
        }

        private Target target(int round, int index) {
            return new DiscardingTarget("t" + index, pace(round, index));
        }

        private JitteryPace pace(int round, int index) {
            return new JitteryPace(1000L * round + 100L * targets + index, bytesPerSecond);
        }

        private void ours(int round) throws IOException {
            write(IntStream.range(0, targets).mapToObj(i -> target(round, i)).toList());
        }

        private void write(List<Target> all) throws IOException {
            try (ParallelResourceWriter writer =
                    ParallelResourceWriter.builder().targets(all).build()) {
                writer.write("object", out -> content.writeTo(out, byteCount));
            }
        }

        private List<PacedOutputStream> streams(int round) {
            return IntStream.range(0, targets)
                    .mapToObj(i -> new PacedOutputStream(pace(round, i)))
                    .toList();
        }

        private void barrier(int round) throws IOException {
            ExecutorService pool = Executors.newFixedThreadPool(targets);
            try (OutputStream out = new BarrierFanOut(pool, streams(round))) {
                content.writeTo(out, byteCount);
            } finally {
                pool.shutdown();
            }
        }

        private void tee(int round) throws IOException {
            try (OutputStream out = streams(round).stream()
                    .map(OutputStream.class::cast)
                    .reduce(TeeOutputStream::new)
                    .orElseThrow()) {
                content.writeTo(out, byteCount);
            }
        }

        void print() {
            System.out.printf(
                    "| %d | %d | %s | %d | %s | %s | %s | %s |%n",
                    targets,
                    bytesPerSecond >> 20,
                    arguments.sizeAndPieceText(),
                    arguments.repeats(),
                    alone,
                    oursRatio,
                    barrierRatio,
                    teeRatio);
        }
    }
}
