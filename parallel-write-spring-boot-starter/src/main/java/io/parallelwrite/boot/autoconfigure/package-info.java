/**
 * Auto-configuration of a {@link io.parallelwrite.ParallelResourceWriter} from {@code parallel-write.targets}.
 *
 * <p>Reading order: {@link io.parallelwrite.boot.autoconfigure.ParallelWriteProperties} is what the user wrote;
 * {@link io.parallelwrite.boot.autoconfigure.ParallelWriteAutoConfiguration} turns it into a writer; {@link
 * io.parallelwrite.boot.autoconfigure.ParallelReadAutoConfiguration} adds the reader and locations that begin with
 * {@code parallel:}; {@link io.parallelwrite.boot.autoconfigure.ParallelWriteJournalAutoConfiguration} gives the writer its
 * journal; the other auto-configurations add S3, observations and meters when their libraries are there. Every
 * configuration mistake ends in a failure analysis that names the property and the remedy.
 */
@NullMarked
package io.parallelwrite.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
