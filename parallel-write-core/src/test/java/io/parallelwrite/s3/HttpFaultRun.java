package io.parallelwrite.s3;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.WriteOptions;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.divergence.JournalMember;
import io.parallelwrite.divergence.MemoryJournal;
import io.parallelwrite.outcome.AcknowledgementRule;
import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.repair.RepairOutcome;
import io.parallelwrite.repair.RepairSettings;
import io.parallelwrite.repair.Repairer;
import io.parallelwrite.repair.Sweeper;
import io.parallelwrite.s3.HttpFault.Action;
import io.parallelwrite.stream.EngineFixture;
import io.parallelwrite.stream.EngineSettings;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.MemoryTarget;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetDriver;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * One case of the matrix, run through a writer over memory and S3 with a journal: what was said is compared with what is
 * there, looked up beside the faults; then with what is there after late requests have arrived; then, without faults, after
 * recovery.
 */
final class HttpFaultRun {

    static final String PATH = "p.bin";
    private static final byte[] OLD = TargetDriver.bytes(777);
    private static final byte[] SMALL = TargetDriver.bytes(1_000);
    private static final byte[] LARGE = TargetDriver.bytes((5 << 20) + 1);
    private static final Duration SHORT = Duration.ofMillis(600);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final HttpFault fault;
    private final S3Server behind;
    private final String prefix = "matrix-" + UUID.randomUUID() + "/";
    private final FaultServer server;
    private final MemoryTarget memory = new MemoryTarget("memory");
    private final MemoryJournal journal = new MemoryJournal();
    private final List<String> violations = new ArrayList<>();

    /** What was said; {@code null} for what is not a write or delete. */
    private @Nullable WriteResult said;

    private HttpFaultRun(HttpFault fault, S3Server behind, FaultServer server) {
        this.fault = fault;
        this.behind = behind;
        this.server = server;
    }

    /**
     * What came of a case.
     *
     * @param status what was said, or {@code null}
     * @param violations what is wrong with it
     */
    record Verdict(HttpFault fault, @Nullable WriteStatus status, List<String> violations) {}

    /** Runs a case; blocks until it has ended. */
    static Verdict run(HttpFault fault, S3Server behind) throws Exception {
        try (FaultServer server = new FaultServer(behind.endpoint())) {
            HttpFaultRun run = new HttpFaultRun(fault, behind, server);
            Duration patience = fault.hangs() ? SHORT : LONG;
            try (S3AsyncClient client =
                            S3Server.client(server.endpoint(), "any", "any").build();
                    ParallelResourceWriter writer = run.writer(client, patience)) {
                run.run(writer);
            }
            WriteResult said = run.said;
            return new Verdict(fault, said == null ? null : said.status(), run.violations);
        }
    }

    private ParallelResourceWriter writer(S3AsyncClient client, Duration patience) throws IOException {
        S3TargetSettings settings = S3TargetSettings.defaults()
                .withPartSize(DataSize.ofMegabytes(5))
                .withAttemptTimeout(patience);
        return ParallelResourceWriter.builder()
                .target(new S3Target("s3", S3Server.BUCKET, prefix, client, settings))
                .target(memory)
                .settings(EngineSettings.defaults()
                        .withRule(fault.any() ? AcknowledgementRule.atLeast(1) : AcknowledgementRule.all()))
                .repairs(RepairSettings.defaults().withLateness(Duration.ZERO))
                .journal(journal)
                .build();
    }

    private Target unspoiled() {
        return new S3Target("s3", S3Server.BUCKET, prefix, behind.client(), S3Server.SMALL_PARTS);
    }

    private void run(ParallelResourceWriter writer) throws Exception {
        prepare();
        fault.spoil(server);
        act(writer);
        check("at once", false);
        checkNotTimid();
        server.release();
        server.awaitIdle();
        check("after late requests", false);
        checkUploadReported();
        server.spoilNothing();
        recover(writer);
        check("after recovery", true);
        new TargetDriver(unspoiled()).delete(PATH); // hundreds of them would fill the disk
    }

    /** Repairs and sweeps until nothing is left, as in the background: calls that were given up may take a while to return. */
    private void recover(ParallelResourceWriter writer) throws IOException {
        Repairer repairer = writer.repairer().orElseThrow();
        Sweeper sweeper = writer.sweeper().orElseThrow();
        try {
            EngineFixture.until(() -> {
                try {
                    for (JournalEntry entry : journal.entries()) {
                        repairer.repair(entry);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                sweeper.sweepNoted("s3");
                return journal.entries().isEmpty() && (fault.isLie() || fault.createsUnseen() || !leavesUpload());
            });
        } catch (TimeoutException e) {
            violations.add(
                    "recovery leaves in the journal: " + journal.entries() + "; and an upload: " + leavesUpload());
        }
    }

    private boolean leavesUpload() {
        return behind.uploads().stream().anyMatch(key -> key.startsWith(prefix));
    }

    private void prepare() throws Exception {
        switch (fault.action()) {
            case PUT, MULTIPART, DELETE, READ, STAT, LIST -> {
                new TargetDriver(unspoiled()).put(PATH, OLD);
                new TargetDriver(memory).put(PATH, OLD);
            }
            case REPAIR_TO_S3 -> {
                new TargetDriver(memory).put(PATH, SMALL);
                journal.put(entry());
            }
            case REPAIR_FROM_S3 -> {
                new TargetDriver(unspoiled()).put(PATH, SMALL);
                journal.put(entry());
            }
            case PUT_CREATE_ONLY -> {}
        }
    }

    private JournalEntry entry() {
        return new JournalEntry(
                "e",
                Operation.WRITE,
                TargetPath.of(PATH),
                TargetDriver.digestOf(SMALL),
                ContentAttributes.NONE,
                List.of(
                        JournalMember.of("s3", JournalMember.State.PENDING),
                        JournalMember.of("memory", JournalMember.State.PENDING)),
                Instant.EPOCH,
                JournalEntry.UNNUMBERED);
    }

    private void act(ParallelResourceWriter writer) throws IOException {
        HttpFaultReads reads = new HttpFaultReads(fault, writer, violations);
        try {
            switch (fault.action()) {
                case PUT -> said = writer.write(PATH, SMALL);
                case PUT_CREATE_ONLY ->
                    said = writer.write(PATH, SMALL, WriteOptions.none().withCreateOnly(true));
                case MULTIPART -> said = writer.write(PATH, LARGE);
                case DELETE -> said = writer.delete(PATH);
                case READ -> reads.read(PATH, OLD);
                case STAT -> reads.stat(PATH, OLD);
                case LIST -> reads.list(PATH);
                case REPAIR_TO_S3, REPAIR_FROM_S3 -> repair(writer);
            }
        } catch (ParallelWriteException e) {
            said = e.result();
        }
    }

    private void repair(ParallelResourceWriter writer) throws IOException {
        RepairOutcome outcome =
                writer.repairer().orElseThrow().repair(journal.entries().get(0));
        boolean settled = outcome instanceof RepairOutcome.Settled;
        if (settled && !Arrays.equals(inS3(), inMemory())) {
            violations.add("settled, and unequal");
        }
        if (!settled && !fault.isLie() && journal.entries().isEmpty()) {
            violations.add("forgotten without being settled: " + outcome);
        }
    }

    private byte @Nullable [] inS3() throws IOException {
        TargetDriver driver = new TargetDriver(unspoiled());
        return driver.shows(PATH) ? driver.content(PATH) : null;
    }

    private byte @Nullable [] inMemory() throws IOException {
        TargetDriver driver = new TargetDriver(memory);
        return driver.shows(PATH) ? driver.content(PATH) : null;
    }

    private byte @Nullable [] before() {
        return fault.action() == Action.PUT_CREATE_ONLY ? null : OLD;
    }

    private byte @Nullable [] after() {
        return switch (fault.action()) {
            case PUT, PUT_CREATE_ONLY, REPAIR_FROM_S3, REPAIR_TO_S3 -> SMALL;
            case MULTIPART -> LARGE;
            case DELETE -> null;
            case READ, STAT, LIST -> OLD;
        };
    }

    private void check(String when, boolean recovered) throws IOException {
        byte[] s3 = inS3();
        byte[] local = inMemory();
        WriteResult result = said;
        if (result != null) {
            checkSaid(when, result, s3, local);
        } else if (recovered && !fault.isLie() && !(Arrays.equals(s3, after()) && Arrays.equals(local, after()))) {
            violations.add("not as decided " + when);
        }
        if (recovered && !fault.isLie() && !Arrays.equals(s3, local)) {
            violations.add("unequal " + when);
        }
    }

    private void checkSaid(String when, WriteResult result, byte @Nullable [] s3, byte @Nullable [] local) {
        WriteStatus status = result.status();
        for (byte[] bytes : Arrays.asList(s3, local)) {
            if (!Arrays.equals(bytes, before()) && !Arrays.equals(bytes, after())) {
                violations.add("neither old nor new " + when);
            }
        }
        if (status == WriteStatus.FAILED && !(Arrays.equals(s3, before()) && Arrays.equals(local, before()))) {
            violations.add("said to have failed, and changed " + when);
        }
        if (result.outcome("s3") instanceof TargetOutcome.Committed && !Arrays.equals(s3, after())) {
            violations.add("said to be committed at s3, and is not " + when);
        }
        boolean failedInS3 = result.outcome("s3") instanceof TargetOutcome.Failed;
        if (failedInS3 && !when.equals("after recovery") && !Arrays.equals(s3, before())) {
            violations.add("said to have failed at s3, and changed there " + when);
        }
        if (result.isSuccess() && !Arrays.equals(local, after())) {
            violations.add("said to be committed in memory, and is not " + when);
        }
        boolean mustRemember = status == WriteStatus.IN_DOUBT || status == WriteStatus.COMMITTED_DEGRADED;
        if (!when.equals("after recovery") && mustRemember && journal.entries().isEmpty()) {
            violations.add(status + ", and not in the journal " + when);
        }
        if (when.equals("after recovery") && result.isSuccess() && !Arrays.equals(s3, after())) {
            violations.add("acknowledged, and gone " + when);
        }
    }

    /** What can be known is known: nothing fails that could succeed, and nothing is in doubt that is certain. */
    private void checkNotTimid() {
        WriteResult result = said;
        if (result == null) {
            return;
        }
        if (fault.mustSucceed() && result.status() != WriteStatus.COMMITTED) {
            violations.add("could have succeeded");
        }
        if (fault.provesNotApplied() && result.status() == WriteStatus.IN_DOUBT) {
            violations.add("is in doubt, though nothing was done");
        }
        if (result.outcome("s3") instanceof TargetOutcome.InDoubt && server.count(FaultServer.Kind.ABORT) > 0) {
            violations.add("aborted an upload whose completion may arrive");
        }
    }

    /** An upload that stays was reported: as left behind, or with its target in doubt, or nobody could know its name. */
    private void checkUploadReported() {
        WriteResult result = said;
        boolean nameless = fault.kind() == FaultServer.Kind.CREATE // its answer was lost, and with it the name
                || server.count(FaultServer.Kind.CREATE) > 1; // the SDK sent it again
        if (!leavesUpload() || result == null || nameless || fault.isLie()) {
            return;
        }
        TargetOutcome s3 = result.outcome("s3");
        boolean reported = s3 instanceof TargetOutcome.InDoubt
                || (s3 instanceof TargetOutcome.Failed failed && failed.leftBehind() != null)
                || (s3 instanceof TargetOutcome.Aborted aborted && aborted.leftBehind() != null);
        if (!reported) {
            violations.add("an upload is left that was not reported: " + s3);
        }
    }
}
