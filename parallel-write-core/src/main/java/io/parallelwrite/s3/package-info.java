/**
 * The S3 target: one write becomes one {@code PutObject}, or one multipart upload whose parts travel while the caller is
 * still writing.
 *
 * <p>A write passes through the types in this order: {@link io.parallelwrite.s3.S3TargetFactory} made the
 * {@link io.parallelwrite.s3.S3Target}; it opens an {@code S3TargetWrite}, which cuts the bytes into parts
 * ({@code S3Parts}, {@code PartBuffer}) and sends them ({@code S3Upload}, {@code PartUpload}); the commit is sent and, when
 * its answer is lost, resolved by looking ({@code S3Commit}). {@code S3Calls} and {@code S3WriteCalls} are the only
 * types that build requests, {@code S3Failures} the only one that reads errors.
 *
 * <p>This is the only package that sees the AWS SDK.
 */
@NullMarked
package io.parallelwrite.s3;

import org.jspecify.annotations.NullMarked;
