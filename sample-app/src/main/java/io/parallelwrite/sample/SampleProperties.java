package io.parallelwrite.sample;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the sample.
 *
 * @param directory below it are the local copies, the receipts, and what the embedded S3 server stores
 * @param bucket the S3 bucket
 * @param s3 the embedded S3 server
 */
@ConfigurationProperties("sample")
record SampleProperties(
        String directory, String bucket, @DefaultValue S3 s3) {

    /**
     * The settings of the embedded S3 server.
     *
     * @param port its port on the loopback address; 0 takes any that is free
     */
    record S3(@DefaultValue("9090") int port) {}

    /**
     * Returns where the target {@code local} keeps its copies.
     *
     * @return an absolute path
     */
    Path localDirectory() {
        return Path.of(directory, "local").toAbsolutePath().normalize();
    }

    /**
     * Returns where the receipts of uploads are kept.
     *
     * @return an absolute path
     */
    Path receiptsDirectory() {
        return Path.of(directory, "receipts").toAbsolutePath().normalize();
    }

    /**
     * Returns where the embedded S3 server keeps its buckets.
     *
     * @return an absolute path
     */
    Path s3Directory() {
        return Path.of(directory, "s3").toAbsolutePath().normalize();
    }
}
