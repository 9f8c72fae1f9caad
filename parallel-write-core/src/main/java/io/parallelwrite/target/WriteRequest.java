package io.parallelwrite.target;

/**
 * What a target is told when a write opens.
 *
 * @param path where the object will be
 * @param token a random text of this write alone; a target that can stores it with the object, so that an answer lost on
 *     the way back can be resolved by looking
 * @param attributes what to keep beside the bytes, where the target can
 * @param createOnly whether the commit must fail when something exists under the path
 * @param expectedSize the declared number of bytes, or -1; a hint for reserving, never a reason to trust
 */
public record WriteRequest(
        TargetPath path, String token, ContentAttributes attributes, boolean createOnly, long expectedSize) {}
