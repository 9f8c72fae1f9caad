/**
 * Actuator: what operators ask and do at run time.
 *
 * <p>{@link io.parallelwrite.boot.actuate.ParallelWriteEndpoint} tells how the targets, the journal and its repairs are doing;
 * {@link io.parallelwrite.boot.actuate.RepairingParallelWriteEndpoint} can also repair. The {@code …Descriptor} records are
 * what they answer with. No answer holds content, metadata, or the place of a target.
 */
@NullMarked
package io.parallelwrite.boot.actuate;

import org.jspecify.annotations.NullMarked;
