package io.parallelwrite.divergence;

import io.parallelwrite.divergence.JournalMember.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Counts for each target the entries of a journal that wait for it: those in which it is not known to show the change.
 *
 * <p>Listeners are called outside the monitor, on the thread that changed something. Thread-safe.
 */
final class WaitingEntries {

    private static final Log log = LogFactory.getLog(WaitingEntries.class);

    private final List<Consumer<? super String>> listeners = new CopyOnWriteArrayList<>();

    // mutable, guarded by this
    private final Map<String, Set<String>> targetsById = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    void addListener(Consumer<? super String> listener) {
        listeners.add(listener);
    }

    synchronized int count(String target) {
        return counts.getOrDefault(target, 0);
    }

    synchronized boolean has(String id) {
        return targetsById.containsKey(id);
    }

    /** Counts an entry, in place of an earlier one with the same id. */
    void take(JournalEntry entry) {
        replace(
                entry.id(),
                entry.members().stream()
                        .filter(member -> member.state() != State.COMMITTED)
                        .map(JournalMember::target)
                        .collect(Collectors.toSet()));
    }

    /** Counts an entry no more. */
    void forget(String id) {
        replace(id, Set.of());
    }

    private void replace(String id, Set<String> targets) {
        List<String> changed = new ArrayList<>();
        synchronized (this) {
            Set<String> before = targets.isEmpty() ? targetsById.remove(id) : targetsById.put(id, targets);
            before = before == null ? Set.of() : before;
            change(without(before, targets), -1, 0, changed);
            change(without(targets, before), 1, 1, changed);
        }
        changed.forEach(this::tell);
    }

    private static Collection<String> without(Set<String> targets, Set<String> others) {
        return targets.stream().filter(target -> !others.contains(target)).toList();
    }

    /** Guarded by this. Adds to the counts, and collects the targets that come to the turning count. */
    private void change(Collection<String> targets, int difference, int turning, List<String> changed) {
        for (String target : targets) {
            int count = counts.getOrDefault(target, 0) + difference;
            counts.put(target, count);
            if (count == turning) {
                changed.add(target);
            }
        }
    }

    private void tell(String target) {
        for (Consumer<? super String> listener : listeners) {
            try {
                listener.accept(target);
            } catch (RuntimeException | Error ex) { // the journal has changed all the same
                log.warn("A listener to what waits for target '" + target + "' failed; nothing else is affected", ex);
            }
        }
    }
}
