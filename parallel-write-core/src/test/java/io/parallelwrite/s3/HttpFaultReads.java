package io.parallelwrite.s3;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetDriver;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetPrefix;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The actions of the matrix that change nothing: a failure is an honest answer to each, a wrong answer is not.
 *
 * @param fault the case
 * @param writer has S3 as its first target
 * @param violations take what is wrong
 */
record HttpFaultReads(HttpFault fault, ParallelResourceWriter writer, List<String> violations) {

    private Target s3() {
        return writer.targets().get(0);
    }

    /** Reads from S3, with memory to take over. */
    void read(String path, byte[] expected) {
        byte[] bytes;
        try (InputStream in = writer.reader().open(path)) {
            bytes = in.readAllBytes();
        } catch (IOException e) {
            return; // an honest answer
        }
        if (!Arrays.equals(bytes, expected)) {
            violations.add("read " + bytes.length + " bytes that are not the object");
        }
    }

    void stat(String path, byte[] expected) {
        Optional<StoredObject> object;
        try {
            object = s3().stat(TargetPath.of(path));
        } catch (IOException e) {
            return; // an honest answer
        }
        if (!fault.isLie() && (object.isEmpty() || object.get().size() != expected.length)) {
            violations.add("was seen as " + object);
        }
    }

    void list(String path) {
        List<String> paths;
        try {
            paths = TargetDriver.rest(s3().list(TargetPrefix.ALL, null));
        } catch (IOException e) {
            return; // an honest answer
        }
        if (!paths.equals(List.of(path))) {
            violations.add("was listed as " + paths);
        }
    }
}
