/**
 * The sample application: an archive that takes uploads over HTTP and keeps each on local disk and in S3.
 *
 * <p>{@link io.parallelwrite.sample.ArchiveController} hands the request's stream to the writer and answers with what
 * became of it on every target; {@link io.parallelwrite.sample.UploadReceipts} keeps that answer, so that a comparison of
 * the copies can tell which of them still is what was uploaded. {@link io.parallelwrite.sample.OpenCopy} is a download, which
 * says who serves it; {@link io.parallelwrite.sample.ArchiveEvents} hears of what reads and writes find; {@link
 * io.parallelwrite.sample.ArchiveProblems} answers when something went wrong. Unless the profile {@code aws} is active, {@link
 * io.parallelwrite.sample.EmbeddedS3} stands in for S3.
 */
@NullMarked
package io.parallelwrite.sample;

import org.jspecify.annotations.NullMarked;
