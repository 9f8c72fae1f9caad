package io.parallelwrite.handle;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;

/**
 * A handle's own copy of a buffer the caller passed: the same kind, content, position, limit and byte order.
 *
 * <p>The content is all of it, also what lies outside position and limit, for a handle may look there. What nobody can
 * write to is not copied but shared: a read-only buffer stays read-only. Its mark is lost. Stateless.
 */
final class BufferCopy {

    private BufferCopy() {}

    static Buffer of(Buffer original) {
        if (original instanceof ByteBuffer bytes && bytes.hasArray()) {
            return heapCopy(bytes);
        }
        Buffer copy = original.isReadOnly()
                ? original.duplicate()
                : filled(original.duplicate().clear());
        if (copy instanceof ByteBuffer bytes) {
            bytes.order(((ByteBuffer) original).order());
        }
        return copy.limit(original.limit()).position(original.position());
    }

    /** Does what the other does for what is copied most: without filling the memory twice. */
    private static ByteBuffer heapCopy(ByteBuffer original) {
        int from = original.arrayOffset();
        byte[] content = Arrays.copyOfRange(original.array(), from, from + original.capacity());
        return ByteBuffer.wrap(content)
                .order(original.order())
                .limit(original.limit())
                .position(original.position());
    }

    /** Tells whether one buffer could be a copy of the other. */
    static boolean isAlike(Buffer copy, Buffer original) {
        return kindOf(copy) == kindOf(original)
                && copy.capacity() == original.capacity()
                && copy.isReadOnly() == original.isReadOnly();
    }

    private static Class<?> kindOf(Buffer buffer) {
        Class<?> kind = buffer.getClass();
        while (kind.getSuperclass() != Buffer.class) {
            kind = kind.getSuperclass();
        }
        return kind;
    }

    /** Compares position, limit and all content. */
    static boolean same(Buffer a, Buffer b) {
        return a.position() == b.position() && a.limit() == b.limit() && (a.isReadOnly() || sameContent(a, b));
    }

    private static boolean sameContent(Buffer a, Buffer b) {
        if (a instanceof ByteBuffer bytes && bytes.hasArray() && b instanceof ByteBuffer others && others.hasArray()) {
            int from = bytes.arrayOffset();
            int other = others.arrayOffset();
            return Arrays.equals(
                    bytes.array(), from, from + bytes.capacity(), others.array(), other, other + others.capacity());
        }
        return a.duplicate().clear().equals(b.duplicate().clear());
    }

    /** Gives the caller's buffer what became of a copy of it. */
    static void copyBack(Buffer copy, Buffer original) {
        if (!original.isReadOnly()) {
            put(copy.duplicate().clear(), original.duplicate().clear());
        }
        original.limit(copy.limit()).position(copy.position());
    }

    private static Buffer filled(Buffer content) {
        Buffer copy = empty(content);
        put(content, copy);
        return copy;
    }

    private static Buffer empty(Buffer content) {
        int capacity = content.capacity();
        if (content instanceof ByteBuffer) {
            return content.isDirect() ? ByteBuffer.allocateDirect(capacity) : ByteBuffer.allocate(capacity);
        }
        if (content instanceof CharBuffer) {
            return CharBuffer.allocate(capacity);
        }
        if (content instanceof ShortBuffer) {
            return ShortBuffer.allocate(capacity);
        }
        if (content instanceof IntBuffer) {
            return IntBuffer.allocate(capacity);
        }
        if (content instanceof LongBuffer) {
            return LongBuffer.allocate(capacity);
        }
        return content instanceof FloatBuffer ? FloatBuffer.allocate(capacity) : DoubleBuffer.allocate(capacity);
    }

    private static void put(Buffer from, Buffer to) {
        if (to instanceof ByteBuffer bytes) {
            bytes.put((ByteBuffer) from);
        } else if (to instanceof CharBuffer chars) {
            chars.put((CharBuffer) from);
        } else if (to instanceof ShortBuffer shorts) {
            shorts.put((ShortBuffer) from);
        } else if (to instanceof IntBuffer ints) {
            ints.put((IntBuffer) from);
        } else if (to instanceof LongBuffer longs) {
            longs.put((LongBuffer) from);
        } else if (to instanceof FloatBuffer floats) {
            floats.put((FloatBuffer) from);
        } else {
            ((DoubleBuffer) to).put((DoubleBuffer) from);
        }
    }
}
