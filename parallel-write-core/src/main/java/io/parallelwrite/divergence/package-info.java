/**
 * Divergence: targets that should hold the same thing and do not, or cannot be shown to.
 */
@NullMarked
package io.parallelwrite.divergence;

import org.jspecify.annotations.NullMarked;
