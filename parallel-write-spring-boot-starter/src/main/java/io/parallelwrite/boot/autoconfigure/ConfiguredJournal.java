package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.boot.autoconfigure.ParallelWriteProperties.JournalType;
import io.parallelwrite.divergence.FileJournal;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.divergence.MemoryJournal;
import io.parallelwrite.target.FileTarget;
import io.parallelwrite.target.FileTargetSettings;
import io.parallelwrite.target.Target;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.ResourceUtils;
import org.springframework.util.StringUtils;

/** Opens the journal of {@code parallel-write.journal}, or says why it cannot be there. */
final class ConfiguredJournal {

    static final String DIRECTORY = ParallelWriteProperties.PREFIX + ".journal.directory";
    static final String TYPE = ParallelWriteProperties.PREFIX + ".journal.type";

    private final ParallelWriteProperties.Journal properties;
    private final @Nullable DefaultJournalPlace defaultPlace;

    ConfiguredJournal(ParallelWriteProperties properties) {
        this.properties = properties.journal();
        this.defaultPlace = DefaultJournalPlace.among(properties.targets()).orElse(null);
    }

    /** Refuses a directory that one of the targets holds, or that holds one. Opens nothing. */
    void checkApartFrom(Collection<Target> targets) {
        if (!isInDirectory()) {
            return;
        }
        String place = placeOf(directory());
        for (Target target : targets) {
            if (place.startsWith(target.place()) || target.place().startsWith(place)) {
                throw refused(
                        "It is at %s, and target '%s' is at %s. Files of the journal must not be among the objects of a target: set it to a directory of its own, that is in no target and holds none"
                                .formatted(place, target.name(), target.place()),
                        null);
            }
        }
    }

    private boolean isInDirectory() {
        JournalType type = properties.type();
        return type == JournalType.FILE || (type == null && (properties.directory() != null || defaultPlace != null));
    }

    /** Returns what a target there would call its place, so that both compare. */
    private static String placeOf(Path directory) {
        return new FileTarget("journal", directory, FileTargetSettings.defaults()).place();
    }

    Journal open() {
        int capacity = ConfiguredSettings.checked(
                "journal.capacity", properties.capacity(), FileJournal.DEFAULT_CAPACITY, MemoryJournal::new);
        if (properties.type() == JournalType.MEMORY) {
            checkNoDirectory();
            return new MemoryJournal(capacity);
        }
        Path directory = directory();
        try {
            return FileJournal.open(directory, capacity);
        } catch (IOException e) {
            throw refused(String.valueOf(e.getMessage()), e);
        }
    }

    private void checkNoDirectory() {
        if (properties.directory() != null) {
            throw new InvalidConfigurationPropertyValueException(
                    TYPE,
                    properties.type(),
                    "A journal in memory has no directory, and " + DIRECTORY + " names one. Remove one of the two",
                    null);
        }
    }

    private Path directory() {
        String given = properties.directory();
        if (given == null) {
            return defaultDirectory();
        }
        if (!StringUtils.hasText(given)) {
            throw refused("It names no directory; set it to one that only this application uses, or remove it", null);
        }
        try {
            return ResourceUtils.getFile(given).toPath().toAbsolutePath();
        } catch (IOException | InvalidPathException e) {
            throw refused("It is no directory of a file system: " + e.getMessage(), e);
        }
    }

    private Path defaultDirectory() {
        if (defaultPlace == null) {
            throw new InvalidConfigurationPropertyValueException(
                    TYPE,
                    properties.type(),
                    "It asks for a directory, and none is set. Without two targets, one of them with a location that"
                            + " begins with file:, there is no place for it by default: set " + DIRECTORY,
                    null);
        }
        return defaultPlace.directory();
    }

    private RuntimeException refused(String reason, @Nullable Exception cause) {
        if (properties.directory() == null && defaultPlace != null) {
            return defaultPlace.refused(reason, cause);
        }
        return new InvalidConfigurationPropertyValueException(DIRECTORY, properties.directory(), reason, cause);
    }
}
