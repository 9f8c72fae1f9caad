package io.parallelwrite.compare;

import io.parallelwrite.stream.TargetCalls;
import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetPrefix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The reader: turns paths into reads from one copy or all. */
final class DefaultParallelResourceReader implements ParallelResourceReader {

    private final ReaderParts parts;
    private final MissingCopies missingCopies;

    DefaultParallelResourceReader(ReaderParts parts, MissingCopies missingCopies) {
        this.parts = parts;
        this.missingCopies = missingCopies;
    }

    @Override
    public CopyInputStream open(String path, ReadMode mode) throws IOException {
        TargetPath target = TargetPath.of(path);
        return switch (mode) {
            case FAIL_OVER -> FailOverInputStream.open(parts, target, missingCopies);
            case COMPARE -> ComparingInputStream.open(parts, target);
        };
    }

    @Override
    public Optional<CopyAnswer.Held> find(String path) throws IOException {
        TargetPath target = TargetPath.of(path);
        List<IOException> failures = new ArrayList<>();
        for (TargetCalls calls : parts.candidates()) {
            String name = calls.target().name();
            try {
                Optional<StoredObject> object = CopyLookup.ask(calls, target);
                if (object.isPresent()) {
                    return Optional.of(
                            new CopyAnswer.Held(name, object.get(), object.get().checksum()));
                }
            } catch (IOException ex) {
                if (Thread.currentThread().isInterrupted()) {
                    throw ex;
                }
                failures.add(new IOException("Target '" + name + "' could not be asked for '" + path + "'", ex));
            }
        }
        if (failures.isEmpty()) {
            return Optional.empty();
        }
        failures.stream().skip(1).forEach(failures.get(0)::addSuppressed);
        throw failures.get(0);
    }

    @Override
    public Comparison compare(String path) throws IOException {
        return CopyComparison.compare(parts, TargetPath.of(path));
    }

    @Override
    public List<CopyAnswer> inspect(String path, ReadDepth depth) throws IOException {
        return CopyInspection.answers(parts, TargetPath.of(path), depth);
    }

    @Override
    public Optional<StoredObject> stat(String path) throws IOException {
        return CopyLookup.stat(parts, TargetPath.of(path));
    }

    @Override
    public Stream<Comparison> list(String prefix) throws IOException {
        return CopyListing.list(parts, TargetPrefix.of(prefix));
    }
}
