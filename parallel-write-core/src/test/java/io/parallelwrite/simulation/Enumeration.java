package io.parallelwrite.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Goes through what can go wrong in a scenario, and counts. Used by one {@link Caller}. */
final class Enumeration {

    private final ArrayDeque<Coroutine> spare = new ArrayDeque<>();
    private final List<String> violations = new ArrayList<>();
    private final int stride;
    private final boolean stops;
    private long turn;
    private long points;
    private long runs;

    /** Makes one of so many runs, evenly spread. */
    Enumeration(int stride) {
        this(stride, false);
    }

    /** Makes one of so many runs, evenly spread, and perhaps no more once a promise was broken. */
    Enumeration(int stride, boolean stops) {
        this.stride = stride;
        this.stops = stops;
    }

    /** Goes through one fault at each operation. */
    void singles(Plan plan) {
        Run.Report baseline = run(plan);
        points += baseline.points().size();
        eachFault(plan, false, 0, baseline.points(), any -> true, this::sampled);
    }

    /** Goes through two faults, the second at each later operation. */
    void pairs(Plan plan) {
        eachFault(plan, false, 0, quietly(plan).points(), any -> true, first -> {
            int number = first.injections().get(0).number();
            eachFault(first, false, number + 1, quietly(first).points(), any -> true, this::sampled);
        });
    }

    /** Goes through two faults of operations that change what is visible, which is where they matter most. */
    void pairsOfChanges(Plan plan) {
        eachFault(plan, false, 0, quietly(plan).points(), Fault::isThrown, first -> {
            int number = first.injections().get(0).number();
            List<Point> after = quietly(first).points();
            if (after.get(number).changes()) {
                eachFault(first, false, number + 1, after, Fault::isThrown, second -> {
                    if (after.get(second.injections().get(1).number()).changes()) {
                        sampled(second);
                    }
                });
            }
        });
    }

    /** Goes through a crash at each operation, and then a fault at each operation of the recovery. */
    void crashes(Plan plan) {
        recoveries(plan, Fault::isCrash);
    }

    /** Goes through a fault other than a crash, and then one at each operation of the recovery. */
    void recoveries(Plan plan) {
        recoveries(plan, fault -> !fault.isCrash());
    }

    private void recoveries(Plan plan, Predicate<Fault> firsts) {
        eachFault(
                plan,
                false,
                0,
                quietly(plan).points(),
                firsts,
                first -> eachFault(first, true, 0, quietly(first).recoveryPoints(), any -> true, this::sampled));
    }

    private interface Next {
        void go(Plan plan);
    }

    private void eachFault(
            Plan plan, boolean recovery, int from, List<Point> points, Predicate<Fault> faults, Next next) {
        for (int i = from; i < points.size(); i++) {
            for (Fault fault : Fault.values()) {
                if (fault != Fault.NONE
                        && faults.test(fault)
                        && fault.appliesTo(points.get(i))
                        && (fault.canBeInRecovery() || !recovery)) {
                    next.go(plan.with(new Plan.Injection(recovery, i, fault, false)));
                    if (fault.canLast()) {
                        next.go(plan.with(new Plan.Injection(recovery, i, fault, true)));
                    }
                }
            }
        }
    }

    private void sampled(Plan plan) {
        if (turn++ % stride == 0 && !(stops && !violations.isEmpty())) {
            run(plan);
        }
    }

    private Run.Report run(Plan plan) {
        runs++;
        Run.Report report = new Run(plan, spare).run();
        if (report.violation() != null) {
            violations.add(plan + " -> " + report.violation());
        }
        return report;
    }

    /** Runs it for its operations; it is counted elsewhere. */
    private Run.Report quietly(Plan plan) {
        return new Run(plan, spare).run();
    }

    long runs() {
        return runs;
    }

    long points() {
        return points;
    }

    List<String> violations() {
        return violations;
    }

    @Nullable
    String firstViolation() {
        return violations.isEmpty() ? null : violations.get(0);
    }

    void close() {
        Caller.close(spare);
    }
}
