package io.parallelwrite.handle;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.Buffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.stream.BaseStream;
import java.util.stream.Stream;

/** What passing one and the same argument to every handle would do. */
enum ArgumentKind {
    /** Nothing: every handle gets the same object. */
    SHARED,
    /** The handles would overwrite each other: each gets a copy. */
    COPIED,
    /** The first handle would take what is in it, and leave nothing for the others. */
    READ_UP,
    /** It would hold what every handle writes, mixed. */
    WRITTEN_TO;

    private static final ClassValue<ArgumentKind> KINDS = new ClassValue<>() {
        @Override
        protected ArgumentKind computeValue(Class<?> type) {
            return kindOf(type);
        }
    };

    static ArgumentKind of(Object argument) {
        return KINDS.get(argument.getClass());
    }

    private static ArgumentKind kindOf(Class<?> type) {
        if (type.isArray() || Buffer.class.isAssignableFrom(type)) {
            return COPIED;
        }
        if (isAny(
                type,
                InputStream.class,
                Readable.class,
                ReadableByteChannel.class,
                Iterator.class,
                Enumeration.class,
                Spliterator.class,
                BaseStream.class)) {
            return READ_UP;
        }
        boolean written = isAny(type, OutputStream.class, Writer.class, WritableByteChannel.class)
                || (Appendable.class.isAssignableFrom(type) && !CharSequence.class.isAssignableFrom(type));
        return written ? WRITTEN_TO : SHARED;
    }

    private static boolean isAny(Class<?> type, Class<?>... kinds) {
        return Stream.of(kinds).anyMatch(kind -> kind.isAssignableFrom(type));
    }
}
