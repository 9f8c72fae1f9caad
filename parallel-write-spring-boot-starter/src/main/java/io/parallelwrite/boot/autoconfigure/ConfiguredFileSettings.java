package io.parallelwrite.boot.autoconfigure;

import static io.parallelwrite.boot.autoconfigure.ConfiguredSettings.checked;

import io.parallelwrite.target.FileTargetSettings;
import io.parallelwrite.target.TargetDefinition;
import java.util.Map;

/** Turns {@code parallel-write.targets.<name>.file} into the settings of that target. */
final class ConfiguredFileSettings {

    private static final FileTargetSettings DEFAULTS = FileTargetSettings.defaults();

    private final Map<String, ParallelWriteProperties.Target> targets;

    ConfiguredFileSettings(ParallelWriteProperties properties) {
        this.targets = properties.targets();
    }

    /** Returns the settings of a target; the defaults if it is not among the configured ones. */
    FileTargetSettings of(TargetDefinition definition) {
        ParallelWriteProperties.Target target = targets.get(definition.name());
        return target == null ? DEFAULTS : settings("targets." + definition.name() + ".file.", target.file());
    }

    private static FileTargetSettings settings(String prefix, ParallelWriteProperties.File file) {
        FileTargetSettings settings = DEFAULTS.withSync(file.sync() == null ? DEFAULTS.sync() : file.sync())
                .withReadBack(file.readBack() == null ? DEFAULTS.readBack() : file.readBack());
        String permissions = file.permissions();
        if (permissions == null) {
            return settings;
        }
        return settings.withPermissions(
                checked(prefix + "permissions", permissions, permissions, DEFAULTS::withPermissions));
    }
}
