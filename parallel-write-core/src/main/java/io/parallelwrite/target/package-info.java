/**
 * Targets: the places that keep a copy, what they promise, and the kinds that come with the project.
 *
 * <p>{@link io.parallelwrite.target.Target} and {@link io.parallelwrite.target.TargetWrite} are what a kind of target
 * implements; {@link io.parallelwrite.target.TargetFactory} is how a kind is chosen for a location. Everything a target
 * is told about a write is in a {@link io.parallelwrite.target.WriteRequest}; what it says in return is a
 * {@link io.parallelwrite.target.Receipt}. What it holds is found by {@code stat}, {@code read} and {@code list}, whose
 * {@link io.parallelwrite.target.TargetListing} has the same order for every kind.
 */
@NullMarked
package io.parallelwrite.target;

import org.jspecify.annotations.NullMarked;
