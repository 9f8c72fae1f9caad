package io.parallelwrite.target;

/**
 * One object of a {@link TargetListing}.
 *
 * @param path the path of the object
 * @param stored what the target says about it. A listing may know less than {@link Target#stat}, so that the checksum is
 *     {@code null}, and name the version in another way: compare it with that of another listing only
 */
public record ListedObject(TargetPath path, StoredObject stored) {}
