package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.divergence.FileJournal;
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

/** Opens the journal of {@code parallel-write.journal}, or says why its directory cannot be used. */
final class ConfiguredJournal {

    static final String DIRECTORY = ParallelWriteProperties.PREFIX + ".journal.directory";

    private final ParallelWriteProperties.Journal properties;

    ConfiguredJournal(ParallelWriteProperties properties) {
        this.properties = properties.journal();
    }

    /** Refuses a directory that one of the targets holds, or that holds one. Opens nothing. */
    void checkApartFrom(Collection<Target> targets) {
        if (properties.directory() == null) {
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

    /** Returns what a target there would call its place, so that both compare. */
    private static String placeOf(Path directory) {
        return new FileTarget("journal", directory, FileTargetSettings.defaults()).place();
    }

    FileJournal open() {
        Path directory = directory();
        int capacity = ConfiguredSettings.checked(
                "journal.capacity", properties.capacity(), FileJournal.DEFAULT_CAPACITY, MemoryJournal::new);
        try {
            return FileJournal.open(directory, capacity);
        } catch (IOException e) {
            throw refused(String.valueOf(e.getMessage()), e);
        }
    }

    private Path directory() {
        String given = properties.directory();
        if (!StringUtils.hasText(given)) {
            throw refused("It names no directory; set it to one that only this application uses, or remove it", null);
        }
        try {
            return ResourceUtils.getFile(given).toPath().toAbsolutePath();
        } catch (IOException | InvalidPathException e) {
            throw refused("It is no directory of a file system: " + e.getMessage(), e);
        }
    }

    private InvalidConfigurationPropertyValueException refused(String reason, @Nullable Exception cause) {
        return new InvalidConfigurationPropertyValueException(DIRECTORY, properties.directory(), reason, cause);
    }
}
