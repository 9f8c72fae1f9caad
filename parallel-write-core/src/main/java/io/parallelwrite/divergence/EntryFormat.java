package io.parallelwrite.divergence;

import io.parallelwrite.divergence.JournalMember.State;
import io.parallelwrite.outcome.Operation;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ChecksumAlgorithm;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.ContentHeader;
import io.parallelwrite.target.TargetPath;
import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@link JournalEntry} as bytes: what is in a {@link LogRecord}, and what another store may keep.
 *
 * <pre>
 * generation 8, seconds 8 and nanoseconds 4 since 1970, id, operation, path,
 * digest: size 8 (-1 if there is none; nothing follows), algorithm, hexadecimal digits,
 * number of headers 2, of each: name, value; number of entries of metadata 2, of each: name, value,
 * number of members 2, of each: target, state, reason (empty if there is none)
 * </pre>
 *
 * <p>Numbers are big-endian. Text is its length in bytes (2) and UTF-8. Operation, algorithm, header and state are their names.
 */
final class EntryFormat {

    private static final long NO_DIGEST = -1;

    /** Enough for most entries. */
    private static final int COMMON_BYTES = 1024;

    private EntryFormat() {}

    /**
     * Returns an entry as bytes. Reasons are left out if it would be too long for a record with them.
     *
     * @throws IllegalArgumentException if it is too long without them
     */
    static byte[] encode(JournalEntry entry) {
        for (int size : List.of(COMMON_BYTES, LogRecord.MAX_PAYLOAD_BYTES)) {
            byte[] bytes = encode(entry, true, size);
            if (bytes != null) {
                return bytes;
            }
        }
        byte[] bytes = encode(entry, false, LogRecord.MAX_PAYLOAD_BYTES);
        if (bytes == null) {
            throw new IllegalArgumentException("The journal entry of '" + entry.path() + "' with "
                    + entry.members().size() + " targets is longer than " + LogRecord.MAX_BYTES
                    + " bytes; use less metadata, fewer targets or shorter names");
        }
        return bytes;
    }

    private static byte @Nullable [] encode(JournalEntry entry, boolean reasons, int maxBytes) {
        ByteBuffer out = ByteBuffer.allocate(maxBytes);
        try {
            write(entry, reasons, out);
            return Arrays.copyOf(out.array(), out.position());
        } catch (BufferOverflowException e) {
            return null; // that is the answer
        }
    }

    private static void write(JournalEntry entry, boolean reasons, ByteBuffer out) {
        out.putLong(entry.generation());
        Instant since = entry.since();
        out.putLong(since.getEpochSecond()).putInt(since.getNano());
        text(out, entry.id());
        text(out, entry.operation().name());
        text(out, entry.path().value());
        digest(out, entry.digest());
        attributes(out, entry.attributes());
        out.putShort((short) entry.members().size());
        for (JournalMember member : entry.members()) {
            text(out, member.target());
            text(out, member.state().name());
            text(out, reasons && member.reason() != null ? member.reason() : "");
        }
    }

    private static void digest(ByteBuffer out, @Nullable ContentDigest digest) {
        if (digest == null) {
            out.putLong(NO_DIGEST);
            return;
        }
        out.putLong(digest.size());
        text(out, digest.checksum().algorithm().name());
        text(out, digest.checksum().hex());
    }

    /** Sorted, so that an entry always has the same bytes. */
    private static void attributes(ByteBuffer out, ContentAttributes attributes) {
        out.putShort((short) attributes.headers().size());
        new TreeMap<>(attributes.headers()).forEach((header, value) -> {
            text(out, header.name());
            text(out, value);
        });
        out.putShort((short) attributes.metadata().size());
        new TreeMap<>(attributes.metadata()).forEach((name, value) -> {
            text(out, name);
            text(out, value);
        });
    }

    private static void text(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > out.remaining()) {
            throw new BufferOverflowException();
        }
        out.putShort((short) bytes.length).put(bytes);
    }

    /**
     * Returns the entry that some bytes are.
     *
     * @return {@code null} if they are none, or one that this release does not understand
     */
    static @Nullable JournalEntry decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            JournalEntry entry = entry(in);
            return in.hasRemaining() ? null : entry;
        } catch (BufferUnderflowException | IllegalArgumentException | DateTimeException | ArithmeticException e) {
            return null; // that is the answer
        }
    }

    private static JournalEntry entry(ByteBuffer in) {
        long generation = in.getLong();
        Instant since = Instant.ofEpochSecond(in.getLong(), in.getInt());
        String id = text(in);
        Operation operation = Operation.valueOf(text(in));
        TargetPath path = TargetPath.of(text(in));
        ContentDigest digest = digest(in);
        ContentAttributes attributes = attributes(in);
        return new JournalEntry(id, operation, path, digest, attributes, members(in), since, generation);
    }

    private static @Nullable ContentDigest digest(ByteBuffer in) {
        long size = in.getLong();
        if (size == NO_DIGEST) {
            return null;
        }
        ChecksumAlgorithm algorithm = ChecksumAlgorithm.valueOf(text(in));
        return new ContentDigest(size, new Checksum(algorithm, text(in)));
    }

    private static ContentAttributes attributes(ByteBuffer in) {
        Map<ContentHeader, String> headers = new EnumMap<>(ContentHeader.class);
        for (int left = Short.toUnsignedInt(in.getShort()); left > 0; left--) {
            headers.put(ContentHeader.valueOf(text(in)), text(in));
        }
        Map<String, String> metadata = new HashMap<>();
        for (int left = Short.toUnsignedInt(in.getShort()); left > 0; left--) {
            metadata.put(text(in), text(in));
        }
        return new ContentAttributes(headers, metadata);
    }

    private static List<JournalMember> members(ByteBuffer in) {
        int count = Short.toUnsignedInt(in.getShort());
        List<JournalMember> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(new JournalMember(text(in), State.valueOf(text(in)), text(in)));
        }
        return members;
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
