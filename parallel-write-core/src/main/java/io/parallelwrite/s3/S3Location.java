package io.parallelwrite.s3;

import io.parallelwrite.target.InvalidTargetPathException;
import io.parallelwrite.target.TargetPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A bucket and the prefix of all keys in it that belong to one target.
 *
 * @param bucket the name of the bucket
 * @param prefix empty, or ends in {@code /}
 */
record S3Location(String bucket, String prefix) {

    private static final String SCHEME = "s3://";
    private static final int MAX_KEY_BYTES = 1024;
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern IP_ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

    S3Location {
        if (!BUCKET.matcher(bucket).matches()
                || bucket.contains("..")
                || IP_ADDRESS.matcher(bucket).matches()) {
            throw new IllegalArgumentException("'" + bucket + "' is not the name of a bucket: use 3 to 63 lower-case"
                    + " letters, digits, '-' and '.'; for an access point use its alias, not its ARN");
        }
        if (!prefix.isEmpty()) {
            checkPrefix(prefix);
        }
    }

    /**
     * Reads a location.
     *
     * @param location {@code s3://bucket/} or {@code s3://bucket/prefix/}
     * @throws IllegalArgumentException naming the location, what is wrong with it, and the remedy
     */
    static S3Location parse(String location) {
        try {
            if (!location.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
                throw new IllegalArgumentException("it must begin with " + SCHEME);
            }
            String rest = location.substring(SCHEME.length());
            int slash = rest.indexOf('/');
            return slash < 0
                    ? new S3Location(rest, "")
                    : new S3Location(rest.substring(0, slash), rest.substring(slash + 1));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The location '" + location + "' cannot be used: " + e.getMessage()
                            + ". Write s3://bucket/prefix/ or s3://bucket/",
                    e);
        }
    }

    private static void checkPrefix(String prefix) {
        if (!prefix.endsWith("/")) {
            throw new IllegalArgumentException(
                    "the prefix '" + prefix + "' must end in '/', because paths are resolved under it");
        }
        if (prefix.indexOf('^') >= 0) {
            throw new IllegalArgumentException("'^' would name a version of an object, and a target writes new ones");
        }
        if (prefix.indexOf('?') >= 0 || prefix.indexOf('#') >= 0) {
            throw new IllegalArgumentException("an s3 location has no query and no fragment");
        }
        if (prefix.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the prefix has a control character");
        }
        for (String segment : prefix.substring(0, prefix.length() - 1).split("/", -1)) {
            if (List.of("", ".", "..").contains(segment)) {
                throw new IllegalArgumentException("the prefix has the segment '" + segment + "'");
            }
        }
    }

    /** Returns the location as text that ends in {@code /}. */
    String place() {
        return SCHEME + bucket + "/" + prefix;
    }

    /** Returns the key of an object. */
    String key(TargetPath path) {
        String key = prefix + path.value();
        int byteCount = key.getBytes(StandardCharsets.UTF_8).length;
        if (byteCount > MAX_KEY_BYTES) {
            throw new InvalidTargetPathException(
                    path.value(),
                    "its key has " + byteCount + " bytes and S3 allows " + MAX_KEY_BYTES
                            + "; shorten it or the prefix of " + place());
        }
        return key;
    }

    /** Returns the path of the object that has a key with the prefix, or empty if no path leads to it. */
    Optional<TargetPath> path(String key) {
        return TargetPath.ofStored(key.substring(prefix.length()));
    }

    /** Tells whether a key is that of the object by which the target is tried. */
    boolean isProbe(String key) {
        return key.equals(prefix + TargetPath.PROBE);
    }

    /** Returns an object as text for messages. */
    String object(String key) {
        return SCHEME + bucket + "/" + key;
    }
}
