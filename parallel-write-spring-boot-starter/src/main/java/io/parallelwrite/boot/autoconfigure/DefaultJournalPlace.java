package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.target.FileTargetFactory;
import io.parallelwrite.target.FileTargetSettings;
import io.parallelwrite.target.TargetDefinition;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Where the journal is when nobody says: beside the directory of the first {@code file:} target that reads try, as in
 * {@code /srv/data.parallel-write-journal} for {@code /srv/data}.
 *
 * <p>It is on the disk of that target, and its name comes from that directory: what would write the same copies finds the
 * same journal in use, and what writes others has another. With one target nothing can diverge, and there is none.
 *
 * @param target the name of the target
 * @param base its directory, with links resolved as far as it exists
 */
record DefaultJournalPlace(String target, Path base) {

    static final String SUFFIX = ".parallel-write-journal";

    private static final FileTargetFactory KIND = new FileTargetFactory(definition -> FileTargetSettings.defaults());

    /** Returns the place, if there are two targets or more and one of them is a directory. */
    static Optional<DefaultJournalPlace> among(Map<String, ParallelWriteProperties.Target> targets) {
        if (targets.size() < 2) {
            return Optional.empty();
        }
        return targets.entrySet().stream()
                .sorted(ConfiguredTargets.READ_ORDER)
                .flatMap(entry -> beside(entry).stream())
                .findFirst();
    }

    private static Optional<DefaultJournalPlace> beside(Entry<String, ParallelWriteProperties.Target> target) {
        String location = target.getValue().location();
        if (!StringUtils.hasText(location)) {
            return Optional.empty(); // told when the target is made
        }
        TargetDefinition definition = TargetDefinition.of(target.getKey(), location);
        if (!KIND.supports(definition)) {
            return Optional.empty();
        }
        try {
            Path base = Path.of(URI.create(KIND.create(definition).place()));
            return Optional.of(new DefaultJournalPlace(target.getKey(), base));
        } catch (IllegalArgumentException e) { // told when the target is made, unless another kind serves it
            return Optional.empty();
        }
    }

    /** Returns the directory of the journal, or says why none can be there. Makes nothing. */
    Path directory() {
        Path parent = base.getParent();
        Path name = base.getFileName();
        if (parent == null || name == null) {
            throw refused(
                    "The directory of the target is the root of its file system, and beside that is nothing.", null);
        }
        try {
            if (Files.exists(base) && !Files.getFileStore(base).equals(Files.getFileStore(parent))) {
                throw refused(
                        "'%s' is where a disk is mounted, so beside it is another disk: it may be lost when this one is not."
                                .formatted(base),
                        null);
            }
        } catch (IOException e) {
            throw refused("It cannot be told on which disk '%s' is: %s.".formatted(base, e.getMessage()), e);
        }
        return parent.resolve(name + SUFFIX);
    }

    TargetConfigurationException refused(String reason, @Nullable Exception cause) {
        return new TargetConfigurationException(
                "The journal of the writer cannot be beside the directory of target '%s', where it is unless %s says otherwise: %s"
                        .formatted(target, ConfiguredJournal.DIRECTORY, reason),
                """
                        Set %s to a directory that only this application uses, that is in no target and holds none, and \
                        that is kept as long as the copies are.
                        With %s=memory nothing is remembered across a restart; with %s=none nothing is remembered, and \
                        nothing repaired.""".formatted(ConfiguredJournal.DIRECTORY, ConfiguredJournal.TYPE, ConfiguredJournal.TYPE),
                cause);
    }
}
