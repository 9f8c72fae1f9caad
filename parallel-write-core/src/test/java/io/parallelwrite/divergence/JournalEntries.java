package io.parallelwrite.divergence;

import io.parallelwrite.divergence.JournalMember.State;
import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.WriteStart;
import io.parallelwrite.outcome.WriteStart.Participant;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.ContentHeader;
import java.time.Instant;
import java.util.List;

/** Entries for tests. */
final class JournalEntries {

    static final Instant SINCE = Instant.parse("2026-11-23T10:15:30.123456789Z");
    static final ContentDigest DIGEST = new ContentDigest(1_234_567, Checksum.crc32c(0xCAFEBABE));

    static final ContentAttributes ATTRIBUTES = ContentAttributes.NONE
            .withHeader(ContentHeader.CONTENT_TYPE, "text/csv")
            .withHeader(ContentHeader.CACHE_CONTROL, "max-age=3600")
            .withMetadata("author", "Zoë")
            .withMetadata("empty", "");

    private JournalEntries() {}

    static JournalEntry write(String id, String path) {
        return JournalEntry.decision(start(id, Operation.WRITE, path), DIGEST, ATTRIBUTES, SINCE);
    }

    static JournalEntry delete(String id, String path) {
        return JournalEntry.decision(start(id, Operation.DELETE, path), null, ContentAttributes.NONE, SINCE);
    }

    /** Returns an entry after its commits: s3 missed it. */
    static JournalEntry missed(JournalEntry entry) {
        return entry.withMembers(List.of(
                JournalMember.of("local", State.COMMITTED),
                new JournalMember("s3", State.MISSED, "no answer within 10 s")));
    }

    private static WriteStart start(String id, Operation operation, String path) {
        return new WriteStart(
                id, operation, path, List.of(new Participant("local", "file"), new Participant("s3", "s3")));
    }
}
