/**
 * Observability: an observation per write and per target, and meters for reads and for what observations do not tell.
 *
 * <p>All are listeners: {@link io.parallelwrite.boot.observe.WriteObserver} and
 * {@link io.parallelwrite.boot.observe.WriteMeters} to writes, {@link io.parallelwrite.boot.observe.ReadMeters} to reads.
 * Names and keys are listed in {@link io.parallelwrite.boot.observe.WriteObservationDocumentation} and in the classes of
 * meters.
 */
@NullMarked
package io.parallelwrite.boot.observe;

import org.jspecify.annotations.NullMarked;
