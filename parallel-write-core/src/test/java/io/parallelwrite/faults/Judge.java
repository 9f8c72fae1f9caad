package io.parallelwrite.faults;

import io.parallelwrite.faults.ChildJvm.Ran;
import io.parallelwrite.faults.ChildWrite.Task;
import io.parallelwrite.faults.DiskPair.Recovery;
import io.parallelwrite.faults.DiskPair.Sweep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a process said with what it left, and both with what is there after recovery.
 *
 * <p>Not thread-safe: for one run.
 */
final class Judge {

    private final DiskPair disks;
    private final Task task;
    private final List<String> violations = new ArrayList<>();
    private long swept;

    Judge(DiskPair disks, Task task) {
        this.disks = disks;
        this.task = task;
    }

    /** Returns what is wrong; nothing, if all is well. Recovers on the way; what is left staged must go. */
    List<String> violations(Ran ran, Sweep sweep) throws IOException {
        checkSaid(ran);
        checkShown("when it ended", ran, false);
        checkRemembered(ran);
        Recovery recovery = disks.recover(sweep);
        swept = recovery.swept();
        if (!recovery.remembered().isEmpty()) {
            violations.add("the journal is not empty after recovery: " + recovery.remembered());
        }
        checkShown("after recovery", ran, true);
        List<Path> staged = disks.leftovers();
        if (!staged.isEmpty()) {
            violations.add("staged and not swept by recovery: " + staged);
        }
        return violations;
    }

    /**
     * Judges what is there after a power cut, when nobody was told anything; an acknowledgement may have come before. Notes
     * of what is staged are not synced, so what they do not name must be found by its age.
     */
    List<String> violations(boolean acknowledged) throws IOException {
        Ran ran = new Ran(acknowledged ? "COMMITTED" : null, acknowledged ? 0 : Ran.KILLED);
        return violations(ran, Sweep.BY_NOTES_AND_AGE);
    }

    /** Returns how many staged files the recovery discarded. */
    long swept() {
        return swept;
    }

    private void checkSaid(Ran ran) {
        if (ran.said() == null && !ran.killed() && ran.exitCode() == 0) {
            violations.add("the process ended and said nothing");
        }
    }

    private void checkShown(String when, Ran ran, boolean recovered) throws IOException {
        List<byte @Nullable []> shown = disks.shown();
        long news = shown.stream().filter(this::isNew).count();
        if (!shown.stream().allMatch(bytes -> isNew(bytes) || isOld(bytes))) {
            violations.add("neither old nor new " + when + ": " + sizes(shown));
        }
        if (ran.failed() && news > 0) {
            violations.add("said to have failed, and visible " + when);
        }
        if (ran.acknowledged() && news < (isWhole(ran) || recovered ? shown.size() : 1)) {
            violations.add("said to be committed, and not there " + when + ": " + sizes(shown));
        }
        if (recovered && !Arrays.equals(shown.get(0), shown.get(1))) {
            violations.add("unequal " + when + ": " + sizes(shown));
        }
    }

    private static boolean isWhole(Ran ran) {
        return "COMMITTED".equals(ran.said());
    }

    private void checkRemembered(Ran ran) throws IOException {
        String said = ran.said();
        boolean mustRemember = said != null && (said.startsWith("IN_DOUBT") || said.startsWith("COMMITTED_DEGRADED"));
        boolean unequal = !Arrays.equals(disks.shown().get(0), disks.shown().get(1));
        if ((mustRemember || unequal) && disks.remembered().isEmpty()) {
            violations.add((unequal ? "unequal" : said) + ", and not in the journal");
        }
    }

    private boolean isOld(byte @Nullable [] bytes) {
        return task.needsOld() ? Arrays.equals(bytes, DiskPair.OLD) : bytes == null;
    }

    private boolean isNew(byte @Nullable [] bytes) {
        return task == Task.DELETE ? bytes == null : Arrays.equals(bytes, DiskPair.NEW);
    }

    private static List<String> sizes(List<byte @Nullable []> shown) {
        return shown.stream()
                .map(bytes -> bytes == null ? "nothing" : bytes.length + " bytes")
                .toList();
    }
}
