package io.parallelwrite.divergence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A directory in memory that knows which bytes and names are forced, counts the steps made to it, fails them as told, and
 * shows what a power cut may leave.
 *
 * <p>Thread-safe.
 */
final class PowerCutDirectory implements LogDirectory {

    /** When a step fails. */
    enum Fault {
        BEFORE_ONCE,
        AFTER_ONCE,
        BEFORE_FROM_THEN_ON,
        AFTER_FROM_THEN_ON
    }

    /** What a power cut, or the kill of the process, leaves of what was not forced. */
    enum Left {
        ALL,
        NOTHING,
        NAMES,
        HALF_OF_THE_LAST_WRITE,
        EVERY_SECOND_WRITE
    }

    private record Write(int position, byte[] bytes) {}

    private static final class Content {
        private byte[] forced = new byte[0];
        private final List<Write> unforced = new ArrayList<>();

        byte[] bytes(Left left) {
            byte[] bytes = forced;
            for (int i = 0; i < unforced.size(); i++) {
                boolean last = i == unforced.size() - 1;
                byte[] written = unforced.get(i).bytes();
                byte[] seen = switch (left) {
                    case ALL -> written;
                    case NOTHING, NAMES -> new byte[0];
                    case HALF_OF_THE_LAST_WRITE -> last ? Arrays.copyOf(written, written.length / 2) : written;
                    case EVERY_SECOND_WRITE -> i % 2 == 0 ? new byte[0] : written;
                };
                bytes = with(bytes, unforced.get(i).position(), seen);
            }
            return bytes;
        }

        private static byte[] with(byte[] bytes, int position, byte[] more) {
            byte[] all = Arrays.copyOf(bytes, Math.max(bytes.length, position + more.length));
            System.arraycopy(more, 0, all, position, more.length);
            return all;
        }
    }

    private final Map<String, Content> files = new TreeMap<>();
    private Map<String, Content> syncedFiles = Map.of();
    private final List<String> steps = new ArrayList<>();
    private int failingStep = -1;
    private int secondFailingStep = -1;
    private Fault fault = Fault.BEFORE_ONCE;
    private Consumer<String> hook = step -> {};
    private boolean open = true;

    /** Lets a step fail; steps are counted from 0, from now on. */
    void failAt(int step, Fault how) {
        failAt(step, how, -1);
    }

    /** Lets a step fail, and a second one once, before it has an effect. */
    synchronized void failAt(int step, Fault how, int second) {
        steps.clear();
        failingStep = step;
        secondFailingStep = second;
        fault = how;
    }

    void failNoMore() {
        failAt(-1, Fault.BEFORE_ONCE);
    }

    /** Calls something at each step, before it is made. */
    synchronized void onStep(Consumer<String> call) {
        hook = call;
    }

    synchronized List<String> steps() {
        return List.copyOf(steps);
    }

    synchronized long count(String step) {
        return steps.stream().filter(each -> each.startsWith(step)).count();
    }

    synchronized boolean isOpen() {
        return open;
    }

    /** Returns what is found after a power cut now: everything in it is forced. */
    synchronized PowerCutDirectory after(Left left) {
        PowerCutDirectory found = new PowerCutDirectory();
        (left == Left.NOTHING ? syncedFiles : files).forEach((name, content) -> found.set(name, content.bytes(left)));
        return found;
    }

    /** Puts a file there, forced. */
    synchronized void set(String name, byte[] bytes) {
        Content content = new Content();
        content.forced = bytes.clone();
        files.put(name, content);
        syncedFiles = Map.copyOf(files);
    }

    synchronized byte[] bytes(String name) {
        return content(name).bytes(Left.ALL).clone();
    }

    /** Returns the name of the one complete segment. */
    String segment() {
        List<String> segments = names().stream()
                .filter(name -> name.endsWith(LogSegment.SUFFIX))
                .toList();
        if (segments.size() != 1) {
            throw new AssertionError("One segment, not " + names());
        }
        return segments.get(0);
    }

    private Content content(String name) {
        Content content = files.get(name);
        if (content == null) {
            throw new AssertionError("No file " + name + " in " + files.keySet());
        }
        return content;
    }

    /** Makes a step, or fails it. */
    private void step(String name, Runnable effect) throws IOException {
        Consumer<String> call;
        synchronized (this) {
            call = hook;
        }
        call.accept(name);
        synchronized (this) {
            int step = steps.size();
            steps.add(name);
            boolean fromThenOn = fault == Fault.BEFORE_FROM_THEN_ON || fault == Fault.AFTER_FROM_THEN_ON;
            boolean fails = step == secondFailingStep
                    || step == failingStep
                    || (fromThenOn && failingStep >= 0 && step > failingStep);
            boolean after = step == failingStep && (fault == Fault.AFTER_ONCE || fault == Fault.AFTER_FROM_THEN_ON);
            if (!fails || after) {
                effect.run();
            }
            if (fails) {
                throw new IOException("No space left on device");
            }
        }
    }

    @Override
    public Path path() {
        return Path.of("/journal");
    }

    @Override
    public synchronized List<String> names() {
        return List.copyOf(files.keySet());
    }

    @Override
    public synchronized byte[] read(String name) {
        return bytes(name);
    }

    @Override
    public LogFile create(String name) throws IOException {
        Content content = new Content();
        synchronized (this) {
            if (files.containsKey(name)) {
                throw new FileAlreadyExistsException(name);
            }
        }
        step("create " + name, () -> files.put(name, content));
        return new OpenFile(name, content);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        synchronized (this) {
            if (!files.containsKey(from)) {
                throw new NoSuchFileException(from);
            }
        }
        step("rename " + to, () -> {
            Content content = content(from);
            files.remove(from);
            files.put(to, content);
        });
    }

    @Override
    public void delete(String name) throws IOException {
        step("delete " + name, () -> files.remove(name));
    }

    @Override
    public void sync() throws IOException {
        step("sync", () -> syncedFiles = Map.copyOf(files));
    }

    @Override
    public synchronized void close() {
        open = false;
    }

    private final class OpenFile implements LogFile {

        private final String name;
        private final Content content;
        private @Nullable IOException forceFailure;

        OpenFile(String name, Content content) {
            this.name = name;
            this.content = content;
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            byte[] written = new byte[bytes.remaining()];
            bytes.get(written);
            step("write " + name, () -> content.unforced.add(new Write((int) position, written)));
        }

        @Override
        public void force(boolean metadata) throws IOException {
            if (forceFailure != null) {
                throw new AssertionError("Forced again after a failed force", forceFailure);
            }
            try {
                step("force " + name, () -> {
                    content.forced = content.bytes(Left.ALL);
                    content.unforced.clear();
                });
            } catch (IOException e) {
                forceFailure = e;
                throw e;
            }
        }

        @Override
        public void close() {}
    }
}
