package io.parallelwrite.divergence;

import io.parallelwrite.divergence.LeftOver.Stage;
import io.parallelwrite.target.TargetPath;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One note of a {@link StagingLog}, and the bytes it has in a {@link LogRecord}.
 *
 * <pre>
 * number 8, kind 1: then of STAGED, PUBLISHING and INTENDED: target, place, path, what; of BEGUN: a journal entry
 * </pre>
 *
 * <p>Text is its length in bytes (2) and UTF-8. The record that a note is gone is its number.
 */
sealed interface Note {

    /** The kind of something staged. */
    byte STAGED = 1;

    /** The kind of something staged that is about to become visible. */
    byte PUBLISHING = 2;

    /** The kind of a write to a target that does not stage. */
    byte BEGUN = 3;

    /** The kind of something that is about to be staged. */
    byte INTENDED = 4;

    /** Returns the record that says so. */
    LogRecord record(long number);

    /** Something staged. */
    record Staged(String target, String place, TargetPath path, String what, Stage stage) implements Note {

        static Staged of(LeftOver staged) {
            return new Staged(staged.target(), staged.place(), staged.path(), staged.what(), staged.stage());
        }

        LeftOver leftOver(long number) {
            return new LeftOver(number, target, place, path, what, stage);
        }

        @Override
        public LogRecord record(long number) {
            byte[][] texts = {bytes(target), bytes(place), bytes(path.value()), bytes(what)};
            int length = Long.BYTES + 1;
            for (byte[] text : texts) {
                length += Short.BYTES + text.length;
            }
            ByteBuffer out = ByteBuffer.allocate(length).putLong(number).put(kind(stage));
            for (byte[] text : texts) {
                out.putShort((short) text.length).put(text);
            }
            return new LogRecord(LogRecord.Type.PUT, out.array());
        }

        private static byte kind(Stage stage) {
            return switch (stage) {
                case INTENDED -> INTENDED;
                case STAGED -> STAGED;
                case PUBLISHING -> PUBLISHING;
            };
        }

        private static @Nullable Stage stage(byte kind) {
            return switch (kind) {
                case INTENDED -> Stage.INTENDED;
                case STAGED -> Stage.STAGED;
                case PUBLISHING -> Stage.PUBLISHING;
                default -> null;
            };
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** A write under way to a target that does not stage. */
    record Begun(JournalEntry entry) implements Note {

        @Override
        public LogRecord record(long number) {
            byte[] bytes = EntryFormat.encode(entry);
            return new LogRecord(
                    LogRecord.Type.PUT,
                    ByteBuffer.allocate(Long.BYTES + 1 + bytes.length)
                            .putLong(number)
                            .put(BEGUN)
                            .put(bytes)
                            .array());
        }
    }

    /** Returns the record that a note is gone. */
    static LogRecord removed(long number) {
        return new LogRecord(
                LogRecord.Type.REMOVE,
                ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    /** Returns the number in the payload of a record, or {@code null} if it is too short. */
    static @Nullable Long number(LogRecord record) {
        byte[] payload = record.payload();
        return payload.length < Long.BYTES ? null : ByteBuffer.wrap(payload).getLong();
    }

    /** Returns the note that the payload of a record is, or {@code null} if this release does not understand it. */
    static @Nullable Note of(LogRecord record) {
        ByteBuffer in = ByteBuffer.wrap(record.payload());
        try {
            in.getLong();
            byte kind = in.get();
            if (kind == BEGUN) {
                byte[] bytes = new byte[in.remaining()];
                in.get(bytes);
                JournalEntry entry = EntryFormat.decode(bytes);
                return entry == null ? null : new Begun(entry);
            }
            Stage stage = Staged.stage(kind);
            return stage == null ? null : new Staged(text(in), text(in), TargetPath.of(text(in)), text(in), stage);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return null; // that is the answer
        }
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
