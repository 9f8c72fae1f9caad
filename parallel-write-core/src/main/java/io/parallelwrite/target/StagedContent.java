package io.parallelwrite.target;

import java.io.IOException;

/** The comparison of what a target staged with what the caller sent. */
final class StagedContent {

    private StagedContent() {}

    /** Fails unless the two are equal; the message names the path and both. */
    static void check(TargetPath path, ContentDigest staged, ContentDigest sent) throws IOException {
        if (!staged.equals(sent)) {
            throw new IOException("Of '" + path + "' were staged " + staged + ", but sent were " + sent
                    + "; the staged bytes must be discarded");
        }
    }
}
