/** Tests of the sample over HTTP, and its start against LocalStack. */
@NullMarked
package io.parallelwrite.sample;

import org.jspecify.annotations.NullMarked;
