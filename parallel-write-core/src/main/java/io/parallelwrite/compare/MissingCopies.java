package io.parallelwrite.compare;

import io.parallelwrite.stream.TargetCalls;
import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Looks after the copies that reads found missing: looks again, reports what is still missing, and brings it back if told.
 *
 * <p>A read that finds nothing at one target may just have come between two commits of one write. So the path is looked at
 * again while no commit changes it, on a thread of its own, because that may have to wait; no reader waits for it. One path
 * is looked after once at a time, and only so many at all: what comes on top is dropped, and the next read finds it again.
 *
 * <p>Thread-safe.
 */
final class MissingCopies {

    private static final Log log = LogFactory.getLog(ParallelResourceReader.class);

    private final ReaderParts parts;
    private final Executor background;
    private final CopyRefill refill;
    private final Set<TargetPath> looking = ConcurrentHashMap.newKeySet();

    MissingCopies(ReaderParts parts, Executor background) {
        this.parts = parts;
        this.background = background;
        this.refill = new CopyRefill(parts);
    }

    /** Asks for a path to be looked after. Returns at once. */
    void look(TargetPath path, String source, List<String> missing) {
        if (missing.isEmpty() || looking.size() >= parts.settings().maxRefills() || !looking.add(path)) {
            return;
        }
        try {
            background.execute(() -> lookAfter(path, source, missing));
        } catch (RuntimeException | Error ex) { // a full or closed executor, or no memory for a thread
            looking.remove(path);
            log.warn("Not looking after '" + path + "', which is missing at " + missing + "; the next read will", ex);
        }
    }

    private void lookAfter(TargetPath path, String source, List<String> missing) {
        try {
            TargetCalls from = parts.calls(source);
            List<TargetCalls> still = stillMissing(path, from, missing);
            if (still.isEmpty()) {
                return;
            }
            parts.listeners().differed(difference(path, source, still));
            if (parts.settings().refill()) {
                still.forEach(target -> refill.run(path, from, target));
            }
        } catch (IOException | RuntimeException ex) {
            log.warn("Could not look after '" + path + "', which was missing at " + missing + "; it may still be", ex);
        } finally {
            looking.remove(path);
        }
    }

    private List<TargetCalls> stillMissing(TargetPath path, TargetCalls from, List<String> missing) throws IOException {
        List<TargetCalls> asked = new ArrayList<>(List.of(from));
        missing.forEach(name -> asked.add(parts.calls(name)));
        List<Reply<Optional<StoredObject>>> replies =
                parts.engine().betweenCommits(path, () -> CopyLookup.ask(asked, path));
        List<TargetCalls> still = new ArrayList<>();
        for (Reply<Optional<StoredObject>> reply : replies) {
            if (reply.failure() != null) {
                throw reply.failure();
            }
            boolean holds = Objects.requireNonNull(reply.value()).isPresent();
            if (reply.calls().equals(from) && !holds) {
                return List.of(); // deleted since
            }
            if (!holds) {
                still.add(reply.calls());
            }
        }
        return still;
    }

    private static Comparison.Different difference(TargetPath path, String source, List<TargetCalls> still) {
        List<CopyAnswer> answers = new ArrayList<>();
        still.forEach(calls -> answers.add(new CopyAnswer.Missing(calls.target().name())));
        answers.add(new CopyAnswer.Held(source, new StoredObject(-1, null, null, null), null));
        String names =
                still.stream().map(calls -> "'" + calls.target().name() + "'").collect(Collectors.joining(" and "));
        return new Comparison.Different(
                path.value(),
                answers,
                OptionalLong.empty(),
                List.of(),
                names + (still.size() == 1 ? " holds" : " hold") + " no copy; '" + source + "' holds one");
    }
}
