package io.parallelwrite.target;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link FileTarget} writes.
 *
 * @param sync whether files and directories are synced to the device before a step counts as done; without it a write
 *     that returned success can be lost, or be empty, after a power cut
 * @param readBack whether the staged file is read again and compared in {@code prepare}; the system may answer from its
 *     cache, so this finds what went wrong on the way to the file system, not on the way to the device
 * @param permissions the permissions of new files exactly, or {@code null} for those of any new file of this process:
 *     read and write for all, less its umask. Directories always get those of any new directory
 */
public record FileTargetSettings(
        boolean sync, boolean readBack, @Nullable Set<PosixFilePermission> permissions) {

    private static final FileTargetSettings DEFAULTS = new FileTargetSettings(true, false, null);

    /**
     * Copies the permissions.
     *
     * @param sync see above
     * @param readBack see above
     * @param permissions see above
     */
    public FileTargetSettings {
        permissions = permissions == null ? null : Set.copyOf(permissions);
    }

    /**
     * Returns the settings that lose nothing: synced, not read back, permissions by umask.
     *
     * @return the defaults
     */
    public static FileTargetSettings defaults() {
        return DEFAULTS;
    }

    /**
     * Returns these settings with or without syncing.
     *
     * @param sync whether to sync
     * @return new settings
     */
    public FileTargetSettings withSync(boolean sync) {
        return new FileTargetSettings(sync, readBack, permissions);
    }

    /**
     * Returns these settings with or without reading back.
     *
     * @param readBack whether to read staged files back
     * @return new settings
     */
    public FileTargetSettings withReadBack(boolean readBack) {
        return new FileTargetSettings(sync, readBack, permissions);
    }

    /**
     * Returns these settings with permissions for new files.
     *
     * @param permissions the permissions, or {@code null} for those the umask leaves
     * @return new settings
     */
    public FileTargetSettings withPermissions(@Nullable Set<PosixFilePermission> permissions) {
        return new FileTargetSettings(sync, readBack, permissions);
    }

    /**
     * Returns these settings with permissions for new files, as text.
     *
     * @param permissions nine characters as {@code ls -l} shows them, for example {@code rw-r-----}
     * @return new settings
     * @throws IllegalArgumentException if the text has another form
     */
    public FileTargetSettings withPermissions(String permissions) {
        try {
            return withPermissions(PosixFilePermissions.fromString(permissions));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Permissions are nine characters such as 'rw-r-----', not '" + permissions + "'", e);
        }
    }
}
