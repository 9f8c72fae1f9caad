package io.parallelwrite.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An enumeration over many scenarios, on all processors; each of them is simulated on one thread. */
final class Campaign {

    /** What is enumerated in one scenario. */
    interface Part {
        void enumerate(Enumeration enumeration, Plan plan);
    }

    /**
     * What came of it.
     *
     * @param name what was enumerated
     * @param scenarios how many
     * @param points operations of the scenarios in which nothing goes wrong
     * @param runs how many
     * @param violations the plans of those that broke a promise, and which
     * @param took how long
     */
    record Result(String name, int scenarios, long points, long runs, List<String> violations, Duration took) {
        @Override
        public String toString() {
            return String.format(
                    "%-44s %3d scenarios %6d operations %9d runs %4d violations %7.1f s",
                    name, scenarios, points, runs, violations.size(), took.toMillis() / 1000.0);
        }
    }

    private Campaign() {}

    /** Enumerates with some seeds; the first is 0, the order in which tasks come. */
    static Result run(String name, List<Scenario> scenarios, int seeds, int stride, Part part) throws Exception {
        ConcurrentLinkedQueue<Plan> plans = new ConcurrentLinkedQueue<>();
        for (int seed = 0; seed < seeds; seed++) {
            for (Scenario scenario : scenarios) {
                plans.add(new Plan(scenario.name(), seed, List.of()));
            }
        }
        long start = System.nanoTime();
        List<Enumeration> done = onAllProcessors(plans, stride, part);
        List<String> violations = new ArrayList<>();
        done.forEach(enumeration -> violations.addAll(enumeration.violations()));
        return new Result(
                name,
                scenarios.size(),
                done.stream().mapToLong(Enumeration::points).sum(),
                done.stream().mapToLong(Enumeration::runs).sum(),
                violations,
                Duration.ofNanos(System.nanoTime() - start));
    }

    private static List<Enumeration> onAllProcessors(ConcurrentLinkedQueue<Plan> plans, int stride, Part part)
            throws Exception {
        List<Enumeration> done = new ArrayList<>();
        List<Caller.Running<Enumeration>> running = new ArrayList<>();
        QuietLogging quiet = new QuietLogging();
        try {
            for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                running.add(Caller.start(() -> {
                    Enumeration enumeration = new Enumeration(stride);
                    Plan plan;
                    while ((plan = plans.poll()) != null) {
                        part.enumerate(enumeration, plan);
                    }
                    enumeration.close();
                    return enumeration;
                }));
            }
            for (Caller.Running<Enumeration> one : running) {
                done.add(one.result());
            }
        } finally {
            quiet.close();
        }
        return done;
    }
}
