/**
 * Handles driven as one: N open things of one kind, every call to all of them, and the answers must agree.
 */
@NullMarked
package io.parallelwrite.handle;

import org.jspecify.annotations.NullMarked;
