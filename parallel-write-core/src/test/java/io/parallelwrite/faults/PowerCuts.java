package io.parallelwrite.faults;

import io.parallelwrite.faults.ChildJvm.Ran;
import io.parallelwrite.faults.ChildWrite.Task;
import io.parallelwrite.faults.ModelledDisk.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.util.FileSystemUtils;

/**
 * Records what a process does to its disks, and cuts the power after each call in a model of them: each state that may be
 * left is put on the disk, recovered and judged.
 */
final class PowerCuts {

    private final ChildJvm jvm;
    private final Path directory;
    private final int enough;

    /** Takes after how many violations it is known that something is wrong. */
    PowerCuts(ChildJvm jvm, Path directory, int enough) {
        this.jvm = jvm;
        this.directory = directory;
        this.enough = enough;
    }

    /**
     * What came of it.
     *
     * @param calls after how many calls the power was cut
     * @param states how many different states were left
     * @param violations what was wrong, and after which call
     */
    record Report(int calls, int states, List<String> violations) {}

    /** Cuts the power after each call of a task that starts from what is there. */
    Report run(DiskPair disks, Task task) throws IOException, InterruptedException {
        ModelledDisk model = ModelledDisk.of(disks.root());
        Path record = Files.createTempFile(directory, "record", ".txt");
        Ran ran = jvm.runUnder(Strace.command(record, List.of(), DiskCall.OPTIONS), disks, task, "all");
        if (ran.said() == null || ran.failed()) {
            throw new IOException("The process did not do its work: " + ran);
        }
        boolean acknowledged = false;
        int calls = 0;
        Set<Object> seen = new HashSet<>();
        List<String> violations = new ArrayList<>();
        for (DiskCall call : DiskCall.read(record)) {
            if (violations.size() >= enough) {
                break;
            }
            acknowledged |= call.acknowledges();
            if (model.apply(call) || call.acknowledges()) {
                calls++;
                for (Map<Path, Bytes> state : model.afterPowerCut()) {
                    if (violations.size() < enough && seen.add(Map.entry(digests(state), acknowledged))) {
                        judge(disks, task, state, acknowledged)
                                .forEach(found -> violations.add(
                                        "after " + call.name() + " of " + call.below(disks.root(), 0) + ": " + found));
                    }
                }
            }
        }
        Files.delete(record);
        return new Report(calls, seen.size(), violations);
    }

    private static Map<Path, UUID> digests(Map<Path, Bytes> state) {
        Map<Path, UUID> digests = new TreeMap<>();
        state.forEach((path, bytes) -> digests.put(path, bytes.digest()));
        return digests;
    }

    private List<String> judge(DiskPair disks, Task task, Map<Path, Bytes> state, boolean acknowledged)
            throws IOException {
        DiskPair left = new DiskPair(Files.createTempDirectory(directory, "left"));
        for (Map.Entry<Path, Bytes> entry : state.entrySet()) { // directories come before what is in them
            Path path = left.root().resolve(disks.root().relativize(entry.getKey()));
            byte[] bytes = entry.getValue().values();
            if (!Files.isDirectory(path.getParent())) {
                continue; // its directory is lost
            }
            if (bytes == null) {
                Files.createDirectory(path);
            } else {
                Files.write(path, bytes);
            }
        }
        List<String> violations = new Judge(left, task).violations(acknowledged);
        FileSystemUtils.deleteRecursively(left.root());
        return violations;
    }
}
