package io.parallelwrite.boot.autoconfigure;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Everything under {@code parallel-write}, as written by the user. What is {@code null} has the default of the core.
 *
 * <p>Not part of the API: components are added from release to release.
 *
 * @param enabled Whether to configure a writer.
 * @param targets Places that keep a copy of everything written, by name.
 * @param acknowledge Targets that must hold a write for it to be a success: "all", "majority", "any", or how many.
 * @param deadlines Time each step may take, for targets that set none of their own.
 * @param buffer Memory for bytes on their way to the targets.
 * @param breaker When a target that fails is left out, and how often it is tried then.
 * @param read How copies are read.
 * @param journal What is remembered of writes whose copies are, or may be, unequal.
 * @param repair How diverged copies are made equal again, when there is a journal.
 * @param sweep How what killed processes leave staged at the targets is found and discarded.
 * @param endpoint What the actuator endpoint "parallelwrite" may do.
 * @param scrub How all copies are gone through when that is asked for.
 * @param executor Threads that work for the targets.
 * @param maxOpenWrites Number of writes that may be open at once; more wait for their turn.
 * @param admissionTimeout Time a write waits for its turn before it is rejected.
 * @param shutdownTimeout Time that open writes have to end when the application stops, before they are aborted.
 */
@ConfigurationProperties(ParallelWriteProperties.PREFIX)
public record ParallelWriteProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Map<String, Target> targets,
        @Nullable String acknowledge,
        @DefaultValue Deadlines deadlines,
        @DefaultValue Buffer buffer,
        @DefaultValue Breaker breaker,
        @DefaultValue Read read,
        @DefaultValue Journal journal,
        @DefaultValue Repair repair,
        @DefaultValue Sweep sweep,
        @DefaultValue Endpoint endpoint,
        @DefaultValue Scrub scrub,
        @DefaultValue Executor executor,
        @Nullable Integer maxOpenWrites,
        @Nullable Duration admissionTimeout,
        @Nullable Duration shutdownTimeout) {

    static final String PREFIX = "parallel-write";

    /**
     * One target.
     *
     * @param location Place that keeps the copies, such as "file:./data/" or "s3://my-bucket/data/".
     * @param order Position among the targets that reads are tried on, lowest first. Targets without one come last; equal
     *     ones go by name.
     * @param required Whether a write is a success only if this target holds it. If not set, so with "all" and not so with
     *     the other values of "parallel-write.acknowledge".
     * @param lagging What becomes of a write that this target holds up: "block" waits for it, "detach" drops it from the
     *     write, which must be a success without it.
     * @param laggingPatience Time this target may hold up one write, all together, before it is detached.
     * @param options Further settings, for kinds of targets the application adds.
     * @param deadlines Time each step may take at this target.
     * @param file Settings for a location that begins with "file:".
     * @param s3 Settings for a location that begins with "s3:".
     */
    public record Target(
            @Nullable String location,
            @Nullable Integer order,
            @Nullable Boolean required,
            @DefaultValue("block") LaggingPolicy lagging,
            @Nullable Duration laggingPatience,
            @DefaultValue Map<String, String> options,
            @DefaultValue Deadlines deadlines,
            @DefaultValue File file,
            @DefaultValue S3 s3) {}

    /** What becomes of a write that one target holds up. */
    public enum LaggingPolicy {
        /** The caller waits for the target. */
        BLOCK,
        /** The target is dropped from the write. */
        DETACH
    }

    /**
     * Deadlines of one target, or of all.
     *
     * @param open Time to open a write.
     * @param stall Time without progress while there are bytes to take.
     * @param prepare Time to make all bytes durable.
     * @param commit Time to make the object visible, or to delete it.
     * @param abort Time a caller waits for the clean-up of a write that was given up.
     * @param total Time from opening a write until all its bytes are durable, however slow their source is. Not limited if not
     *     set.
     */
    public record Deadlines(
            @Nullable Duration open,
            @Nullable Duration stall,
            @Nullable Duration prepare,
            @Nullable Duration commit,
            @Nullable Duration abort,
            @Nullable Duration total) {}

    /**
     * Memory for bytes in flight.
     *
     * @param chunkSize Largest block of bytes handed to the targets at once.
     * @param perWrite Number of bytes the fastest target of one write may be ahead of the slowest.
     * @param total Number of bytes in flight for all writes together.
     */
    public record Buffer(
            @Nullable DataSize chunkSize,
            @Nullable DataSize perWrite,
            @Nullable DataSize total) {}

    /**
     * Targets that fail.
     *
     * @param enabled Whether a target that fails too often, or hangs, is left out until a probe of it succeeds.
     * @param failureLimit Number of failures in a row, of writes, deletes and repairs, after which a target is left out.
     * @param probeDelay Time after which a target that is out is tried the first time; doubled each time.
     * @param longestProbeDelay Longest time between two tries.
     */
    public record Breaker(
            @DefaultValue("true") boolean enabled,
            @Nullable Integer failureLimit,
            @Nullable Duration probeDelay,
            @Nullable Duration longestProbeDelay) {}

    /**
     * Reads.
     *
     * @param refill Whether a copy that is missing at a target is brought back from the one that serves a read.
     * @param chunkSize Largest block of bytes asked of a target at once; an open read holds one, and
     *     one that compares three for each copy.
     * @param maxRefills Number of copies that may be brought back at once or wait for it; more are left for the next read.
     */
    public record Read(
            @DefaultValue("false") boolean refill,
            @Nullable DataSize chunkSize,
            @Nullable Integer maxRefills) {}

    /**
     * The journal.
     *
     * @param type Kind of journal: "file" (in a directory), "memory" (until the process ends) or "none". If not set, "file"
     *     where there is a directory for it.
     * @param directory Directory of the journal, outside all targets and of this application alone. If not set, beside the
     *     directory of the first target with a location that begins with "file:", when there are two targets or more.
     * @param capacity Number of writes and deletes it can remember; when it is full, new ones fail.
     */
    public record Journal(
            @Nullable JournalType type,
            @Nullable String directory,
            @Nullable Integer capacity) {}

    /** Kinds of journals. */
    public enum JournalType {

        /** In a directory. */
        FILE,

        /** In memory: forgotten when the process ends. */
        MEMORY,

        /** None: nothing is remembered and nothing repaired. */
        NONE
    }

    /**
     * Repairs.
     *
     * @param enabled Whether what is in the journal is repaired in the background.
     * @param lateness Time after a call to a target has ended or was given up, the later of both, in which a request of it may
     *     still arrive; before, nothing is taken for never applied.
     * @param firstDelay Time after which a repair is tried again the first time; doubled each time.
     * @param longestDelay Longest time between two attempts.
     * @param entriesPerSecond Number of repairs tried in a second at most.
     * @param recoveryTime Time after the start in which that rate does not count.
     * @param concurrency Number of paths repaired at once.
     * @param bytesPerSecond Number of bytes copied by repairs in the background in a second at most; no limit if not set.
     * @param startupWait Time the application waits at its start, before it takes requests, until what the last run left has
     *     been gone through; after that it goes on while the application serves.
     */
    public record Repair(
            @Nullable Boolean enabled,
            @Nullable Duration lateness,
            @Nullable Duration firstDelay,
            @Nullable Duration longestDelay,
            @Nullable Double entriesPerSecond,
            @Nullable Duration recoveryTime,
            @Nullable Integer concurrency,
            @Nullable DataSize bytesPerSecond,
            @Nullable Duration startupWait) {}

    /**
     * Left-overs.
     *
     * @param enabled Whether what killed processes and failed aborts leave staged at the targets is discarded in the
     *     background.
     * @param age Age from which something staged is discarded although no note says whose it is; longer than any write lasts.
     * @param period Time between two searches for what is that old.
     * @param uploads Whether that goes also for multipart uploads in S3, whoever began them under the prefix of the target.
     */
    public record Sweep(
            @DefaultValue("true") boolean enabled,
            @Nullable Duration age,
            @Nullable Duration period,
            @DefaultValue("false") boolean uploads) {}

    /**
     * The actuator endpoint.
     *
     * @param repairEnabled Whether "parallelwrite" can repair and pause repairs, if
     *     "management.endpoint.parallelwrite.access" is unrestricted as well.
     */
    public record Endpoint(@DefaultValue("false") boolean repairEnabled) {}

    /**
     * Scrubs, which the application or an operator starts.
     *
     * @param concurrency Number of paths that are looked at, or copied, at once.
     * @param objectsPerSecond Number of paths begun in a second at most; no limit if not set.
     * @param bytesPerSecond Number of bytes of copies read in a second at most; no limit if not set.
     */
    public record Scrub(
            @Nullable Integer concurrency,
            @Nullable Double objectsPerSecond,
            @Nullable DataSize bytesPerSecond) {}

    /**
     * Threads.
     *
     * @param size Number of threads at most. Eight for every target if not set; virtual threads are limited to the same
     *     number at work.
     * @param threadNamePrefix Beginning of every thread's name.
     */
    public record Executor(
            @Nullable Integer size,
            @DefaultValue("parallel-write-") String threadNamePrefix) {}

    /**
     * Settings of targets on a file system.
     *
     * @param sync Whether a write is forced to the disk before it is reported as committed.
     * @param readBack Whether the bytes are read again and compared before they become visible.
     * @param permissions POSIX permissions of the files, such as "rw-r-----".
     */
    public record File(
            @Nullable Boolean sync,
            @Nullable Boolean readBack,
            @Nullable String permissions) {}

    /**
     * Settings of targets in S3.
     *
     * @param partSize Size of one part of a multipart upload; what is smaller is sent at once.
     * @param concurrency Number of parts of one write that are sent at the same time.
     * @param buffer Memory for parts beyond one for each open write.
     * @param partAttempts Number of times a part is sent before the write fails.
     * @param attemptTimeout Time one attempt of one request may take.
     * @param storageClass Storage class of new objects, such as "STANDARD_IA".
     * @param serverSideEncryption Encryption of new objects, such as "AES256" or "aws:kms".
     * @param kmsKeyId Key for "aws:kms".
     * @param acl Canned ACL of new objects, such as "bucket-owner-full-control".
     * @param expectedBucketOwner Account that must own the bucket.
     */
    public record S3(
            @Nullable DataSize partSize,
            @Nullable Integer concurrency,
            @Nullable DataSize buffer,
            @Nullable Integer partAttempts,
            @Nullable Duration attemptTimeout,
            @Nullable String storageClass,
            @Nullable String serverSideEncryption,
            @Nullable String kmsKeyId,
            @Nullable String acl,
            @Nullable String expectedBucketOwner) {}
}
