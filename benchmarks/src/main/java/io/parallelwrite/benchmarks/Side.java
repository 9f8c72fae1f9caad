package io.parallelwrite.benchmarks;

import java.io.IOException;

/** What is compared with each other. */
enum Side {
    /** Our writer with a disk and S3. */
    BOTH("local + S3", ParallelWriting::both),
    /** Our writer with a disk alone. */
    LOCAL("local alone", ParallelWriting::local),
    /** Our writer with S3 alone. */
    S3("Parallel write, S3 alone", ParallelWriting::s3),
    /** The default stream of Spring Cloud AWS, to S3 alone. */
    SPRING_CLOUD_AWS("Spring Cloud AWS", SpringCloudAwsWriting::new),
    /** The transfer manager over the Java client, to S3 alone, from a file that is there already. */
    TRANSFER_MANAGER("S3TransferManager.uploadFile", TransferManagerWriting::fromFile),
    /** The client of native code, to S3 alone, from a stream. */
    CRT("native CRT client", CrtWriting::new),
    /** One stream in front of a file and a stream of Spring Cloud AWS. */
    TEE("Commons IO TeeOutputStream", FanOutWriting::tee),
    /** A pool in front of the same two, and a barrier after each call. */
    BARRIER("pool with a barrier per call", FanOutWriting::barrier),
    /** First the disk, then S3. */
    FILE_THEN_UPLOAD("write the file, then uploadFile", TransferManagerWriting::fileThenUpload),
    /** Two commands in a pipeline. */
    AWS_COMMAND("tee, aws s3 cp -", CommandWriting::aws),
    /** One command that knows how to write twice. */
    RCLONE("rclone rcat to a union", CommandWriting::rclone),
    /** The Python package this project grew out of. */
    PYTHON("Python, parallel-write 0.0.10", PythonWriting::open);

    /** Opens a side. */
    private interface Opener {
        Writing open(Place place) throws IOException;
    }

    private final String title;
    private final Opener opener;

    Side(String title, Opener opener) {
        this.title = title;
        this.opener = opener;
    }

    /**
     * Gets it ready.
     *
     * @throws IOException if it cannot run here; the message says what is missing
     */
    Writing open(Place place) throws IOException {
        return opener.open(place);
    }

    @Override
    public String toString() {
        return title;
    }
}
