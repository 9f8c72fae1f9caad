package io.parallelwrite.simulation;

import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.divergence.JournalMember;
import io.parallelwrite.outcome.AcknowledgementRule;
import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.WriteStart;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.TargetPath;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an application does in a run in which nothing goes wrong.
 *
 * @param name unique, without spaces
 * @param kinds one for each target
 * @param rule the acknowledgement rule
 * @param action what is done
 * @param existing whether the targets hold an older object at the beginning
 */
record Scenario(String name, List<Store.Kind> kinds, AcknowledgementRule rule, Action action, boolean existing) {

    /** What is done. */
    enum Action {
        WRITE,
        WRITE_SMALL,
        CREATE,
        DELETE,
        READ,
        REPAIR,
        REPAIR_DELETE,
        WRITE_TWICE,
        WRITE_AND_DELETE
    }

    static final TargetPath PATH = TargetPath.of("a/b.txt");
    static final byte[] OLD = "the old content of the object".getBytes(StandardCharsets.UTF_8);
    static final byte[] NEW = "the new content, which takes several chunks".getBytes(StandardCharsets.UTF_8);
    static final byte[] SMALL = "new".getBytes(StandardCharsets.UTF_8);
    static final byte[] OTHER = "what another caller writes".getBytes(StandardCharsets.UTF_8);

    static final List<Scenario> ALL = all();

    private static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        for (Action action : Action.values()) {
            for (String targets : List.of("disk,remote", "disk,remote,disk", "remote,remote,disk")) {
                add(all, action, targets, "all", AcknowledgementRule.all());
            }
        }
        for (Action action : List.of(Action.WRITE, Action.DELETE, Action.WRITE_TWICE)) {
            add(all, action, "disk,remote,disk", "majority", AcknowledgementRule.atLeast(2));
            add(all, action, "disk,remote", "required", AcknowledgementRule.requiring(List.of("t0")));
            add(all, action, "remote,disk", "required", AcknowledgementRule.requiring(List.of("t0")));
            add(all, action, "disk,remote", "any", AcknowledgementRule.atLeast(1));
        }
        add(all, Action.WRITE_AND_DELETE, "disk,remote", "any", AcknowledgementRule.atLeast(1));
        add(all, Action.WRITE, "disk,disk", "all", AcknowledgementRule.all());
        add(all, Action.WRITE, "disk,plain", "all", AcknowledgementRule.all());
        add(all, Action.DELETE, "disk,plain", "all", AcknowledgementRule.all());
        return List.copyOf(all);
    }

    private static void add(
            List<Scenario> all, Action action, String targets, String ruleName, AcknowledgementRule rule) {
        List<Store.Kind> kinds = new ArrayList<>();
        for (String kind : targets.split(",")) {
            kinds.add(Store.Kind.valueOf(kind.toUpperCase(java.util.Locale.ROOT)));
        }
        String name = action.toString().toLowerCase(java.util.Locale.ROOT) + "-" + targets + "-" + ruleName;
        boolean writes = action == Action.WRITE || action == Action.WRITE_SMALL;
        if (action != Action.CREATE) {
            all.add(new Scenario(writes ? "over" + name : name, kinds, rule, action, true));
        }
        if (writes || action == Action.CREATE) {
            all.add(new Scenario(name, kinds, rule, action, false));
        }
    }

    static Scenario of(String name) {
        return ALL.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no scenario '" + name + "'"));
    }

    byte @Nullable [] old() {
        return existing ? OLD : null;
    }

    boolean plain() {
        return kinds.contains(Store.Kind.PLAIN);
    }

    /** Whether it does one thing after the other. */
    boolean sequential() {
        return action == Action.WRITE_TWICE || action == Action.WRITE_AND_DELETE;
    }

    /** One worker for each target, so that every turn has to be given back. */
    int workers() {
        return 2;
    }

    /** Returns the world before the first process. */
    Disks disks() {
        List<Store> stores = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            Store store = new Store("t" + i, kinds.get(i));
            if (existing) {
                store.put(PATH, OLD);
            }
            stores.add(store);
        }
        Disks disks = new Disks(stores, new JournalRecords());
        if (action == Action.REPAIR || action == Action.REPAIR_DELETE) {
            leaveUnfinished(disks);
        }
        return disks;
    }

    /** As after a write that only one target took. */
    private static List<JournalMember> members(Disks disks) {
        Store holder = disks.stores().get(1);
        return disks.stores().stream()
                .map(store -> JournalMember.of(
                        store.name(),
                        store.equals(holder) ? JournalMember.State.COMMITTED : JournalMember.State.MISSED))
                .toList();
    }

    /** As if a process had died after a degraded write, or between two deletes. */
    private void leaveUnfinished(Disks disks) {
        boolean delete = action == Action.REPAIR_DELETE;
        List<WriteStart.Participant> targets = disks.stores().stream()
                .map(store -> new WriteStart.Participant(store.name(), "model"))
                .toList();
        WriteStart start = new WriteStart("t1", delete ? Operation.DELETE : Operation.WRITE, PATH.value(), targets);
        ContentDigest digest = delete ? null : new ContentDigest(NEW.length, Store.checksumOf(NEW));
        JournalEntry entry =
                JournalEntry.decision(start, digest, ContentAttributes.NONE, Instant.parse("2026-01-01T00:00:00Z"));
        disks.records().put(delete ? entry : entry.withMembers(members(disks)));
        if (delete) {
            disks.stores().get(1).remove(PATH);
        } else {
            disks.stores().get(1).put(PATH, NEW);
        }
    }
}
