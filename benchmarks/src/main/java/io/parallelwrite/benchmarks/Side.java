package io.parallelwrite.benchmarks;

import java.io.IOException;

/** What is compared with each other. */
enum Side {
    /** Our writer with a disk and S3. */
    BOTH("local + S3"),
    /** Our writer with a disk alone. */
    LOCAL("local alone"),
    /** Our writer with S3 alone. */
    S3("Parallel write, S3 alone"),
    /** The same over the SDK's HTTP client of native code. */
    S3_CRT_HTTP("Parallel write, S3 alone, CRT HTTP client"),
    /** The default stream of Spring Cloud AWS, to S3 alone. */
    SPRING_CLOUD_AWS("Spring Cloud AWS"),
    /** The transfer manager over the Java client, to S3 alone, from a file that is there already. */
    TRANSFER_MANAGER("S3TransferManager.uploadFile"),
    /** The client of native code, to S3 alone, from a stream. */
    CRT("native CRT client"),
    /** One stream in front of a file and a stream of Spring Cloud AWS. */
    TEE("Commons IO TeeOutputStream"),
    /** A pool in front of the same two, and a barrier after each call. */
    BARRIER("pool with a barrier per call"),
    /** First the disk, then S3. */
    FILE_THEN_UPLOAD("write the file, then uploadFile"),
    /** Two commands in a pipeline. */
    AWS_COMMAND("tee, aws s3 cp -"),
    /** One command that knows how to write twice. */
    RCLONE("rclone rcat to a union"),
    /** The Python package this project grew out of. */
    PYTHON("Python, parallel-write 0.0.10");

    private final String title;

    Side(String title) {
        this.title = title;
    }

    /**
     * Gets it ready.
     *
     * @throws IOException if it cannot run here; the message says what is missing
     */
    Writing open(Place place) throws IOException {
        return switch (this) {
            case BOTH -> ParallelWriting.both(place);
            case LOCAL -> ParallelWriting.local(place);
            case S3 -> ParallelWriting.s3(place, S3Access.async(place.endpoint()));
            case S3_CRT_HTTP -> ParallelWriting.s3(place, S3Access.asyncOverCrtHttp(place.endpoint()));
            case SPRING_CLOUD_AWS -> new SpringCloudAwsWriting(place);
            case TRANSFER_MANAGER -> TransferManagerWriting.fromFile(place);
            case CRT -> new CrtWriting(place);
            case TEE -> FanOutWriting.tee(place);
            case BARRIER -> FanOutWriting.barrier(place);
            case FILE_THEN_UPLOAD -> TransferManagerWriting.fileThenUpload(place);
            case AWS_COMMAND -> CommandWriting.aws(place);
            case RCLONE -> CommandWriting.rclone(place);
            case PYTHON -> PythonWriting.open(place);
        };
    }

    @Override
    public String toString() {
        return title;
    }
}
