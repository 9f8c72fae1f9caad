package io.parallelwrite.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is on a disk, and what of it a power cut may take away.
 *
 * <h2>What may be lost</h2>
 *
 * The bytes of a file since its last sync: all, the second half, or they are zeros. The names made, changed or removed in a
 * directory since its last sync: any of them, each for itself. That is more than most file systems lose.
 */
final class ModelledDisk {

    /** How many changes of names that are not durable are combined in every way; of more, each is lost or kept alone. */
    private static final int FEW_CHANGES = 5;

    /** How many files that are not synced lose bytes in every combination; of more, one does and the others do not, or all do. */
    private static final int FEW_FILES = 2;

    /** What becomes of bytes that were not synced. */
    private enum Loss {
        NOTHING,
        ALL,
        HALF,
        ZEROS
    }

    private static final class FileNode {
        private byte[] now;
        private byte[] durable;
        private final Map<Loss, Bytes> afterLoss = new EnumMap<>(Loss.class);

        FileNode(byte[] durable) {
            this.now = durable;
            this.durable = durable;
        }

        void write(byte[] bytes) {
            now = bytes;
            afterLoss.clear();
        }

        void sync() {
            durable = now;
            afterLoss.clear();
        }

        boolean isDurable() {
            return Arrays.equals(now, durable);
        }

        Bytes after(Loss loss) {
            return afterLoss.computeIfAbsent(loss, lost -> Bytes.of(bytesAfter(lost)));
        }

        private byte[] bytesAfter(Loss loss) {
            return switch (loss) {
                case NOTHING -> now;
                case ALL -> durable;
                case HALF -> mixed(durable.length + Math.max(0, now.length - durable.length) / 2);
                case ZEROS -> zeroed();
            };
        }

        private byte[] mixed(int size) {
            byte[] mixed = Arrays.copyOf(durable, Math.max(size, durable.length));
            System.arraycopy(now, 0, mixed, 0, Math.min(now.length, size) / 2);
            return mixed;
        }

        private byte[] zeroed() {
            byte[] zeroed = Arrays.copyOf(durable, now.length);
            for (int i = 0; i < zeroed.length; i++) {
                if (i >= durable.length || durable[i] != now[i]) {
                    zeroed[i] = 0;
                }
            }
            return zeroed;
        }
    }

    /** A change of names in one directory: {@code removed} goes, {@code added} comes and leads to {@code node}. */
    private record NameChange(
            Path directory,
            @Nullable Path removed,
            @Nullable Path added,
            @Nullable Object node) {

        void applyTo(Map<Path, Object> names) {
            if (removed != null) {
                names.remove(removed);
            }
            if (added != null && node != null) {
                names.put(added, node);
            }
        }
    }

    private static final Object DIRECTORY = new Object();

    private final Path root;
    private final Map<Path, Object> now = new TreeMap<>();
    private final Map<Path, Object> durable = new TreeMap<>();
    private final List<NameChange> pending = new ArrayList<>();
    private final Map<Integer, Long> positions = new HashMap<>();

    private ModelledDisk(Path root) {
        this.root = root;
    }

    /** Takes all that is there for durable. */
    static ModelledDisk of(Path root) throws IOException {
        ModelledDisk disk = new ModelledDisk(root);
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.filter(path -> !path.equals(root)).toList()) {
                Object node = DIRECTORY;
                if (Files.isRegularFile(path)) {
                    node = new FileNode(Files.readAllBytes(path));
                }
                disk.now.put(path, node);
                disk.durable.put(path, node);
            }
        }
        return disk;
    }

    /** Makes a call; tells whether it changed anything. */
    boolean apply(DiskCall call) {
        Path path = call.below(root, 0);
        if (path == null) {
            return false;
        }
        switch (call.name()) {
            case "openat" -> open(call, path);
            case "write" -> {
                long position = positions.merge(call.descriptor(), call.result(), Long::sum) - call.result();
                write(path, call, position);
            }
            case "pwrite64" -> write(path, call, call.lastNumber());
            case "ftruncate" -> file(path).write(Arrays.copyOf(file(path).now, (int) call.lastNumber()));
            case "fsync", "fdatasync" -> sync(path);
            case "mkdir" -> change(new NameChange(path.getParent(), null, path, DIRECTORY));
            case "rename" -> {
                Path to = call.below(root, 1);
                change(new NameChange(path.getParent(), path, to, now.get(path)));
            }
            case "link" -> change(new NameChange(path.getParent(), null, call.below(root, 1), now.get(path)));
            case "unlink", "rmdir" -> change(new NameChange(path.getParent(), path, null, null));
            default -> throw new IllegalArgumentException(call.name());
        }
        return true;
    }

    private void open(DiskCall call, Path path) {
        positions.put((int) call.result(), 0L);
        if (call.rest().contains("O_CREAT") && !now.containsKey(path)) {
            change(new NameChange(path.getParent(), null, path, new FileNode(new byte[0])));
        } else if (call.rest().contains("O_TRUNC")) {
            file(path).write(new byte[0]);
        }
    }

    private void write(Path path, DiskCall call, long position) {
        FileNode file = file(path);
        int end = (int) (position + call.result());
        byte[] grown = Arrays.copyOf(file.now, Math.max(file.now.length, end));
        System.arraycopy(call.texts().get(1), 0, grown, (int) position, (int) call.result());
        file.write(grown);
    }

    private FileNode file(Path path) {
        if (now.get(path) instanceof FileNode file) {
            return file;
        }
        throw new IllegalStateException("There is no file " + path);
    }

    private void sync(Path path) {
        if (now.get(path) instanceof FileNode file) {
            file.sync();
            return;
        }
        pending.stream().filter(change -> change.directory().equals(path)).forEach(change -> change.applyTo(durable));
        pending.removeIf(change -> change.directory().equals(path));
    }

    private void change(NameChange change) {
        change.applyTo(now);
        pending.add(change);
    }

    /** Returns what may be there after a power cut at this moment: each name with its bytes, directories with none. */
    Set<Map<Path, Bytes>> afterPowerCut() {
        Set<Map<Path, Bytes>> states = new HashSet<>();
        for (int kept : keptChanges()) {
            Map<Path, Object> names = new TreeMap<>(durable);
            for (int i = 0; i < pending.size(); i++) {
                if ((kept >> i & 1) != 0) {
                    pending.get(i).applyTo(names);
                }
            }
            List<FileNode> unsynced = names.values().stream()
                    .filter(FileNode.class::isInstance)
                    .map(FileNode.class::cast)
                    .filter(file -> !file.isDurable())
                    .distinct()
                    .toList();
            addStates(names, unsynced, states);
        }
        return states;
    }

    /** Returns sets of pending changes, as bits. */
    private Set<Integer> keptChanges() {
        int count = pending.size();
        Set<Integer> kept = new TreeSet<>();
        int all = (1 << count) - 1;
        for (int i = 0; i <= (count <= FEW_CHANGES ? all : 0); i++) {
            kept.add(i);
        }
        for (int i = 0; i < count; i++) {
            kept.add(1 << i);
            kept.add(all ^ 1 << i);
        }
        kept.add(all);
        return kept;
    }

    private static void addStates(Map<Path, Object> names, List<FileNode> unsynced, Set<Map<Path, Bytes>> states) {
        for (Map<FileNode, Loss> losses : losses(unsynced)) {
            Map<Path, Bytes> state = new TreeMap<>();
            names.forEach((path, node) -> state.put(
                    path,
                    node instanceof FileNode file ? file.after(losses.getOrDefault(file, Loss.NOTHING)) : Bytes.NONE));
            states.add(state);
        }
    }

    /** Returns what the files may lose together. */
    private static Set<Map<FileNode, Loss>> losses(List<FileNode> files) {
        Set<Map<FileNode, Loss>> losses = new HashSet<>();
        if (files.size() <= FEW_FILES) {
            losses.add(Map.of());
            files.forEach(file -> Set.copyOf(losses).forEach(before -> losses.addAll(eachLoss(before, List.of(file)))));
            return losses;
        }
        losses.addAll(eachLoss(Map.of(), files));
        for (FileNode file : files) {
            losses.addAll(eachLoss(Map.of(), List.of(file)));
            List<FileNode> others =
                    files.stream().filter(other -> other != file).toList();
            losses.addAll(eachLoss(Map.of(), others));
        }
        return losses;
    }

    private static Set<Map<FileNode, Loss>> eachLoss(Map<FileNode, Loss> before, List<FileNode> files) {
        Set<Map<FileNode, Loss>> losses = new HashSet<>();
        for (Loss loss : Loss.values()) {
            Map<FileNode, Loss> more = new HashMap<>(before);
            files.forEach(file -> more.put(file, loss));
            losses.add(more);
        }
        return losses;
    }

    /**
     * Bytes that are equal to others of the same values.
     *
     * @param values the bytes; {@code null} for a directory
     * @param digest tells them from others, so that what was seen need not be kept
     */
    record Bytes(byte @Nullable [] values, UUID digest) {

        static final Bytes NONE = new Bytes(null, new UUID(0, 0));

        static Bytes of(byte[] values) {
            return new Bytes(values, UUID.nameUUIDFromBytes(values));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bytes bytes && digest.equals(bytes.digest);
        }

        @Override
        public int hashCode() {
            return digest.hashCode();
        }
    }
}
