package io.parallelwrite.stream;

import io.parallelwrite.outcome.AcknowledgementRule;
import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStart;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.WriteRequest;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Streams writes to all targets at once and commits them together.
 *
 * <p>Callers block on their own threads; calls to targets run on workers the executor lends. The engine never interrupts
 * a worker: a call that overruns its deadline is given up and ends on its own.
 *
 * <p>Thread-safe.
 */
public final class WriteEngine implements Closeable {

    private static final Log log = LogFactory.getLog(WriteEngine.class);

    private final EngineParts parts;
    private final EngineSettings settings;
    private final TargetStates states;
    private final Set<ParallelOutputStream> openStreams = ConcurrentHashMap.newKeySet();

    /**
     * Creates an engine.
     *
     * @param targets at least one, with different names; not closed by the engine
     * @param settings the settings
     * @param environment what it works with
     * @throws IllegalArgumentException if the rule of the settings cannot be met by these targets, or one of them is to be
     *     detached and the rule cannot be met without it
     */
    public WriteEngine(List<Target> targets, EngineSettings settings, EngineEnvironment environment) {
        this.settings = settings;
        DeadlineTimer timer = environment.timer();
        List<EngineTarget> engineTargets = targets.stream()
                .map(target -> new EngineTarget(target, settings, environment))
                .toList();
        this.parts = new EngineParts(
                engineTargets,
                settings.rule(),
                new ChunkPool(settings.buffers()),
                new PathLocks(timer, settings.admission().plus(longestOf(targets, settings, Deadlines::commit))),
                new Admission(settings, timer),
                environment.executor(),
                timer,
                new Listeners(environment.listeners()),
                environment.decisions());
        parts.checkCanBeMet(settings.rule());
        parts.checkLagging(settings.lagging());
        this.states = new TargetStates(parts);
    }

    /**
     * Opens a write at every target at once.
     *
     * <p>Blocks until every target has opened or failed, at most until its open deadline; before that, until the write
     * is admitted.
     *
     * @param request what the targets are told
     * @param expected what the caller declared the checksum to be, or {@code null}
     * @param rule which targets must hold this write, or {@code null} for the rule of the engine
     * @return the stream for the bytes
     * @throws IllegalArgumentException if the rule cannot be met by the targets there are
     * @throws ParallelWriteException if too many targets failed to open (nothing is left behind), or the write was not
     *     admitted
     */
    public ParallelOutputStream open(
            WriteRequest request, @Nullable Checksum expected, @Nullable AcknowledgementRule rule) throws IOException {
        return open(
                rule == null ? parts : checkedWith(rule),
                new Opening(Operation.WRITE, request, expected, CommitGuard.NONE));
    }

    private EngineParts checkedWith(AcknowledgementRule rule) {
        parts.checkCanBeMet(rule);
        return parts.withRule(rule);
    }

    /**
     * Opens a write at one target alone, to give it the bytes another holds; otherwise as {@link #open}.
     *
     * @param target the name of the target
     * @param request what the target is told
     * @param expected what the checksum must be, or {@code null} if that is not known
     * @param guard asked before the commit, while no other commit of this engine changes the path
     * @return the stream for the bytes
     * @throws IllegalArgumentException if there is no target of that name
     * @throws ParallelWriteException if the target failed to open, or the write was not admitted
     */
    public ParallelOutputStream openRepair(
            String target, WriteRequest request, @Nullable Checksum expected, CommitGuard guard) throws IOException {
        return open(parts.only(target), new Opening(Operation.REPAIR, request, expected, guard));
    }

    /** What is to be opened. */
    private record Opening(
            Operation operation,
            WriteRequest request,
            @Nullable Checksum expected,
            CommitGuard guard) {}

    private ParallelOutputStream open(EngineParts parts, Opening opening) throws IOException {
        WriteRequest request = opening.request();
        RunningDigest digest = new RunningDigest(request.expectedSize(), opening.expected());
        Settlement settlement = begin(parts, request.token(), opening.operation(), request.path());
        OpenWrite write = new OpenWrite(parts, request.path(), settlement, opening.guard());
        ParallelOutputStream stream = new ParallelOutputStream(
                write, digest, ChunkSizes.of(settings.buffers(), request.expectedSize()), openStreams::remove);
        openStreams.add(stream);
        stream.open(request, parts.admission().isClosed() ? closedException() : null);
        return stream;
    }

    /**
     * Deletes an object at every target at once. Blocks until each has answered, or its commit deadline has passed.
     *
     * @param token a random text for this delete alone
     * @param path the path of the object
     * @return one outcome per target
     * @throws ParallelWriteException if the acknowledgement rule was not met, or the delete was not admitted
     */
    public WriteResult delete(String token, TargetPath path) throws ParallelWriteException {
        Settlement settlement = begin(parts, token, Operation.DELETE, path);
        return delete(new OpenWrite(parts, path, settlement, CommitGuard.NONE));
    }

    /**
     * Deletes an object at one target alone, because the others do not hold it; otherwise as {@link #delete}.
     *
     * @param target the name of the target
     * @param token a random text for this delete alone
     * @param path the path of the object
     * @param guard asked before the delete is sent, while no other commit of this engine changes the path
     * @return the outcome, of {@link Operation#REPAIR}
     * @throws IllegalArgumentException if there is no target of that name
     * @throws ParallelWriteException if the target failed or the guard was against it, or the delete was not admitted
     */
    public WriteResult deleteRepair(String target, String token, TargetPath path, CommitGuard guard)
            throws ParallelWriteException {
        EngineParts one = parts.only(target);
        return delete(new OpenWrite(one, path, begin(one, token, Operation.REPAIR, path), guard));
    }

    private static WriteResult delete(OpenWrite delete) throws ParallelWriteException {
        WriteResult result;
        try {
            result = delete.delete();
        } catch (IOException ex) {
            throw ParallelWriteException.of(delete.abort(0), ex);
        } catch (RuntimeException | Error ex) {
            delete.collapse(0, ex);
            throw ex;
        }
        if (!result.isSuccess()) {
            throw ParallelWriteException.of(result, null);
        }
        return result;
    }

    /**
     * Returns what makes calls to the targets outside writes: looking up, reading, listing.
     *
     * @return one for each target, in the order of the targets
     */
    public List<TargetCalls> calls() {
        return parts.targets().stream()
                .map(target -> target.calls(parts.timer()))
                .toList();
    }

    /**
     * Returns whether the targets take writes and hold all they should.
     *
     * @return their states
     */
    public TargetStates states() {
        return states;
    }

    /**
     * Tells whether the decision log remembers something of a path: the targets are, or may be, diverged there, and what
     * they should hold is not what one of them happens to hold.
     *
     * @param path the path
     * @return {@code true} if the path is to be repaired by what was decided
     */
    public boolean remembers(TargetPath path) {
        return parts.decisions().remembers(path);
    }

    /**
     * Tells whether a target may still make a change of a path that was given up at its deadline.
     *
     * @param path the path
     * @return {@code true} as long as the call has not returned
     */
    public boolean hasUnreturnedChange(TargetPath path) {
        return parts.targets().stream().anyMatch(target -> target.hasUnreturnedChange(path));
    }

    /**
     * Tells whether a write in progress may show a part of itself, because a target does not stage.
     *
     * @param path the path
     * @return {@code true} if what such a target shows need not be an object yet
     */
    public boolean mayShowUnfinished(TargetPath path) {
        return parts.targets().stream().anyMatch(target -> !target.target().staged())
                && openStreams.stream().anyMatch(stream -> stream.path().equals(path));
    }

    /**
     * Returns the clock the engine goes by.
     *
     * @return the timer it was created with
     */
    public DeadlineTimer timer() {
        return parts.timer();
    }

    /**
     * Inspects a path while no commit or delete of this engine changes it, so that all targets show the same generation.
     *
     * <p>Blocks, also other commits of the path: an inspection must be short and limited in time.
     *
     * @param path the path
     * @param inspection runs on the calling thread
     * @param <T> what it returns
     * @return what the inspection returned
     * @throws IOException what it threw, or because the thread was interrupted or the commits did not end in time
     */
    public <T extends @Nullable Object> T betweenCommits(TargetPath path, PathInspection<T> inspection)
            throws IOException {
        parts.pathLocks().lock(path);
        try {
            return inspection.inspect();
        } finally {
            parts.pathLocks().release(path);
        }
    }

    /** Tells the listeners, and waits until the write is admitted. */
    private static Settlement begin(EngineParts parts, String token, Operation operation, TargetPath path)
            throws ParallelWriteException {
        List<WriteStart.Participant> participants = parts.targets().stream()
                .map(target -> new WriteStart.Participant(target.name(), target.scheme()))
                .toList();
        Settlement settlement = new Settlement(new WriteStart(token, operation, path.value(), participants), parts);
        CompletableFuture<Void> turn = parts.admission().enter();
        try {
            Await.interruptibly(turn);
            return settlement;
        } catch (IOException ex) {
            parts.admission().cancel(turn, ex);
            parts.targets().forEach(settlement::skipped);
            WriteResult result = settlement.result(0, null);
            parts.listeners().finished(settlement.start(), result);
            throw ParallelWriteException.of(result, ex);
        }
    }

    /**
     * Ends the engine: admits no more writes, gives open ones the shutdown time to end, then aborts them.
     *
     * <p>Blocks for that time at most, and then until the deadlines of what was begun. Idempotent.
     */
    @Override
    public void close() {
        parts.targets().forEach(target -> target.breaker().close());
        CompletableFuture<Void> drained = parts.admission().close();
        if (waitFor(drained, settings.shutdown())) {
            return;
        }
        List<ParallelOutputStream> aborted =
                openStreams.stream().filter(ParallelOutputStream::beginAbort).toList();
        for (ParallelOutputStream stream : aborted) {
            try {
                stream.finishAbort(closedException());
            } catch (IOException ex) {
                log.warn("Aborted because the writer was closed: " + ex.getMessage(), ex);
            }
        }
        Duration rest = longestOf(
                parts.targets().stream().map(EngineTarget::target).toList(),
                settings,
                deadlines -> deadlines.prepare().plus(deadlines.commit()).plus(deadlines.abort()));
        if (!waitFor(drained, rest)) {
            log.warn("Writes were still open when the writer was closed");
        }
    }

    /**
     * Returns when the last write has ended after {@link #close()}; only then nobody needs the timer and the workers.
     *
     * @return completes once, on the thread that ended the last write
     */
    public CompletableFuture<Void> drained() {
        return parts.admission().drained();
    }

    private static IOException closedException() {
        return new IOException("the writer was closed before the write had ended");
    }

    private static Duration longestOf(
            List<Target> targets, EngineSettings settings, Function<Deadlines, Duration> deadline) {
        return targets.stream()
                .map(target -> deadline.apply(settings.deadlinesOf(target.name())))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** The bytes of all chunks that are filled, queued or being written; for tests. */
    long usedBytes() {
        return parts.pool().usedBytes();
    }

    private static boolean waitFor(CompletableFuture<Void> drained, Duration limit) {
        try {
            drained.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException | ExecutionException ex) {
            return false;
        }
    }
}
