package io.parallelwrite.compare;

import io.parallelwrite.target.ChecksumAlgorithm;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One look at all copies of a path, each for itself; see {@link ParallelResourceReader#inspect}. */
final class CopyInspection {

    private CopyInspection() {}

    static List<CopyAnswer> answers(ReaderParts parts, TargetPath path, ReadDepth depth) throws IOException {
        List<CopyEvidence> copies = parts.engine().betweenCommits(path, () -> {
            List<CopyEvidence> asked = CopyEvidence.ask(parts, path);
            CopyEvidence.open(path, toRead(asked, depth), ChecksumAlgorithm.CRC32C);
            return asked;
        });
        CopiesInStep.readToEnd(copies, parts);
        List<CopyAnswer> answers = new ArrayList<>();
        copies.forEach(copy -> answers.add(copy.answer(ChecksumAlgorithm.CRC32C)));
        return answers;
    }

    private static List<CopyEvidence> toRead(List<CopyEvidence> copies, ReadDepth depth) {
        return copies.stream()
                .filter(CopyEvidence::held)
                .filter(copy -> isToBeRead(copy, depth))
                .toList();
    }

    private static boolean isToBeRead(CopyEvidence copy, ReadDepth depth) {
        return switch (depth) {
            case STAT -> false;
            case QUICK -> copy.keptAlgorithm() != ChecksumAlgorithm.CRC32C || copy.size() < 0;
            case FULL -> true;
        };
    }
}
