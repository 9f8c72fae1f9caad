/**
 * Divergence: targets that should hold the same thing and do not, or cannot be shown to; left behind by a write, or found by
 * looking at the copies.
 */
@NullMarked
package io.parallelwrite.divergence;

import org.jspecify.annotations.NullMarked;
