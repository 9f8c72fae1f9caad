/**
 * Observability: an observation per write and per target, and meters for what observations do not tell.
 *
 * <p>Both are {@link io.parallelwrite.outcome.WriteListener}s: {@link io.parallelwrite.boot.observe.WriteObserver} and
 * {@link io.parallelwrite.boot.observe.WriteMeters}. Names and keys are listed in
 * {@link io.parallelwrite.boot.observe.WriteObservationDocumentation} and
 * {@link io.parallelwrite.boot.observe.WriteMeters}.
 */
@NullMarked
package io.parallelwrite.boot.observe;

import org.jspecify.annotations.NullMarked;
