package io.parallelwrite.simulation;

import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The promises that hold after every run, whatever went wrong in it. */
final class Invariants {

    private final World world;
    private final Scenario scenario;
    private final Disks disks;
    private final List<Told> told;
    private final List<JournalEntry> divergences;

    Invariants(Run.Observed observed) {
        this.world = observed.world();
        this.scenario = observed.scenario();
        this.disks = observed.disks();
        this.told = observed.told();
        this.divergences = observed.divergences();
    }

    /** What holds at any time: nothing partial, nothing that was called failed, no divergence that nobody knows of. */
    void checkAtAnyTime(String moment, SimulatedProcess process) {
        for (Store store : disks.stores()) {
            boolean known = couldHold().stream().anyMatch(content -> store.holds(Scenario.PATH, content));
            if (!known && store.kind() != Store.Kind.PLAIN && !store.wasDamaged(Scenario.PATH)) {
                violated(moment, "'" + store.name() + "' shows what it never should: " + shown());
            }
        }
        if (differ() && !journalHasIt() && !mayBeUnknown()) {
            violated(moment, "the targets differ and the journal does not know: " + shown());
        }
        boolean toldAll = !told.isEmpty() && told.stream().noneMatch(Told::isUnknown);
        if (differ() && toldAll && divergences.isEmpty() && !mayBeUnknown()) {
            violated(moment, "the targets differ and nobody was told: " + shown());
        }
        String complaint = process.witness().complaint();
        if (complaint != null) {
            violated(moment, complaint);
        }
    }

    /** A target that does not stage can differ before there is a decision, and be cut off, or meet a journal that fails. */
    private boolean mayBeUnknown() {
        return scenario.plain() && (world.journalFailed() || told.stream().anyMatch(Told::isUnknown));
    }

    /** What holds until something is repaired: each target is as its outcome says. */
    void checkOutcomes(String moment) {
        checkLast(moment);
        if (told.size() != 1 || told.get(0).result() == null) {
            return;
        }
        Told only = told.get(0);
        WriteResult result = only.result();
        for (TargetOutcome outcome : result.outcomes()) {
            Store store = disks.stores().stream()
                    .filter(candidate -> candidate.name().equals(outcome.target()))
                    .findFirst()
                    .orElseThrow();
            boolean isNew = store.holds(Scenario.PATH, only.content());
            boolean isOld = store.holds(Scenario.PATH, scenario.old());
            boolean as = outcome instanceof TargetOutcome.Committed
                    ? isNew
                    : outcome instanceof TargetOutcome.InDoubt || isOld;
            if (!as) {
                violated(moment, "'" + store.name() + "' is not as it was told: " + result + ", " + shown());
            }
        }
        if (result.isSuccess() && !scenario.rule().isMet(committed(result), names())) {
            violated(moment, "a success, though the rule is not met: " + result);
        }
        boolean allNew = disks.stores().stream().allMatch(store -> store.holds(Scenario.PATH, only.content()));
        if (result.status() == WriteStatus.COMMITTED && !allNew) {
            violated(moment, "not everywhere, though committed: " + shown());
        }
    }

    private static Set<String> committed(WriteResult result) {
        return result.outcomes().stream()
                .filter(TargetOutcome.Committed.class::isInstance)
                .map(TargetOutcome::target)
                .collect(Collectors.toSet());
    }

    private Set<String> names() {
        return disks.stores().stream().map(Store::name).collect(Collectors.toSet());
    }

    /** A later write that was committed is not undone by an earlier one that is late. */
    private void checkLast(String moment) {
        WriteResult last = told.isEmpty() ? null : told.get(told.size() - 1).result();
        boolean stays = scenario.sequential()
                && !world.someTravelled()
                && last != null
                && last.status() == WriteStatus.COMMITTED;
        if (stays) {
            byte[] content = told.get(told.size() - 1).content();
            if (!disks.stores().stream().allMatch(store -> store.holds(Scenario.PATH, content))) {
                violated(moment, "what was committed last is not everywhere: " + shown());
            }
        }
    }

    /** What goes wrong once and before the decision leaves no doubt, and a part that was not taken is found at once. */
    void checkDecision(Plan plan, List<Point> points) {
        int decided = points.indexOf(new Point(Point.JOURNAL, "put", false));
        if (told.size() != 1
                || told.get(0).result() == null
                || plan.injections().size() != 1
                || scenario.plain()) {
            return;
        }
        Plan.Injection only = plan.injections().get(0);
        WriteResult result = told.get(0).result();
        boolean early = !only.lasting() && (decided < 0 || only.number() < decided);
        if (early && result.status() == WriteStatus.IN_DOUBT) {
            violated("at once", "in doubt, for what went wrong before the decision: " + result);
        }
        boolean shortWrite = only.fault() == Fault.SHORT
                && !points.get(only.number()).place().equals(Point.SOURCE);
        boolean seen = result.outcomes().stream()
                .anyMatch(outcome -> outcome instanceof TargetOutcome.Failed failed && failed.phase() == Phase.WRITE);
        if (shortWrite && !seen) {
            violated("at once", "a part that was not taken was not seen: " + result);
        }
    }

    /** What holds when all targets are well and all was repaired. */
    void checkRepaired(String moment, SimulatedProcess process) {
        boolean undecidable =
                scenario.plain() || disks.stores().stream().anyMatch(store -> store.wasDamaged(Scenario.PATH));
        if (undecidable || onlyCopyWasOvertaken(process)) {
            return;
        }
        if (differ() || process.journal().size() > 0) {
            violated(
                    moment,
                    "not repaired: " + shown() + ", journal "
                            + process.journal().entries());
        } else if (allowed().stream().noneMatch(content -> disks.stores().get(0).holds(Scenario.PATH, content))) {
            violated(moment, "repaired to the wrong content: " + shown());
        }
    }

    /**
     * An earlier request that was given up arrived at the only target that had taken the later write, which so is nowhere;
     * the entry says so.
     */
    private boolean onlyCopyWasOvertaken(SimulatedProcess process) {
        Told last = told.isEmpty() ? null : told.get(told.size() - 1);
        return told.size() > 1
                && world.someTravelled()
                && process.journal().size() > 0
                && last != null
                && last.isSomewhere()
                && !last.isEverywhere()
                && disks.stores().stream().noneMatch(store -> store.holds(Scenario.PATH, last.content()));
    }

    /** What all targets may hold in the end. */
    private List<byte @Nullable []> allowed() {
        List<byte @Nullable []> allowed = after(told);
        if (told.size() > 1 && !scenario.sequential()) {
            List<Told> reversed = new ArrayList<>(told);
            java.util.Collections.reverse(reversed);
            allowed.addAll(after(reversed));
        }
        return allowed;
    }

    private List<byte @Nullable []> after(List<Told> order) {
        List<byte @Nullable []> allowed = new ArrayList<>();
        allowed.add(scenario.old());
        for (Told one : order) {
            if (one.isSuccess() || one.isSomewhere()) {
                allowed.clear();
            }
            if (!one.isNothing()) {
                allowed.add(one.content());
            }
        }
        return allowed;
    }

    private List<byte @Nullable []> couldHold() {
        List<byte @Nullable []> could = new ArrayList<>();
        could.add(scenario.old());
        told.stream().filter(one -> !one.isNothing()).forEach(one -> could.add(one.content()));
        return could;
    }

    private boolean differ() {
        Store first = disks.stores().get(0);
        Store.Stored stored = first.get(Scenario.PATH);
        return disks.stores().stream()
                .anyMatch(store -> !store.holds(Scenario.PATH, stored == null ? null : stored.bytes()));
    }

    private boolean journalHasIt() {
        return !disks.records().kept().isEmpty();
    }

    String shown() {
        StringBuilder text = new StringBuilder();
        for (Store store : disks.stores()) {
            Store.Stored stored = store.get(Scenario.PATH);
            text.append(store.name())
                    .append(" holds ")
                    .append(stored == null ? "nothing" : name(stored.bytes()))
                    .append("; ");
        }
        return text.toString();
    }

    private String name(byte[] bytes) {
        return Arrays.equals(bytes, Scenario.OLD)
                ? "the old"
                : "'" + new String(bytes, 0, Math.min(9, bytes.length), java.nio.charset.StandardCharsets.UTF_8)
                        + "...' (" + bytes.length + ")";
    }

    private void violated(String moment, String what) {
        world.violated(moment + ": " + what);
    }
}
