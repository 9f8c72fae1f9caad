package io.parallelwrite.s3;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Map;

/** Knows what to do about the failures of S3 that users meet most. */
final class S3Remedies {

    private static final Map<String, String> BY_CODE = Map.ofEntries(
            Map.entry("NoSuchBucket", "Create the bucket, or correct the location of the target"),
            Map.entry(
                    "AccessDenied",
                    "Grant the credentials s3:PutObject, s3:GetObject, s3:DeleteObject, s3:AbortMultipartUpload and"
                            + " s3:ListMultipartUploadParts on the prefix and s3:ListBucket on the bucket"),
            Map.entry("InvalidAccessKeyId", "Correct the access key of the client"),
            Map.entry("SignatureDoesNotMatch", "Correct the secret key of the client"),
            Map.entry("ExpiredToken", "Renew the session token of the client's credentials"),
            Map.entry("RequestTimeTooSkewed", "Set the clock of this machine"),
            Map.entry("PermanentRedirect", "Give the client the region of the bucket"),
            Map.entry("AuthorizationHeaderMalformed", "Give the client the region of the bucket"),
            Map.entry("SlowDown", "Write with less concurrency, or spread the keys over more prefixes"),
            Map.entry("NoSuchUpload", "Look for a lifecycle rule that aborts uploads too early"),
            Map.entry("BadDigest", "Bytes changed on the way; if it happens again, look for a proxy that alters them"),
            Map.entry("EntityTooSmall", "Use a part size of at least 5MB"),
            Map.entry("NotImplemented", "The store lacks a feature of S3 that the target needs; use another store"));

    private S3Remedies() {}

    /** Returns what to do, or an empty text if that is not known. */
    static String remedy(Throwable failure) {
        String byCode = BY_CODE.get(S3Failures.code(failure));
        if (byCode != null) {
            return byCode;
        }
        return switch (S3Failures.status(failure)) {
            case 0 -> remedyWithoutAnswer(failure);
            case 301 -> "Give the client the region of the bucket";
            case 403 ->
                "Check the credentials of the client and their permissions on the prefix, and s3:ListBucket on the"
                        + " bucket, without which S3 answers 403 for an object that does not exist";
            default -> "";
        };
    }

    private static String remedyWithoutAnswer(Throwable failure) {
        Throwable connect = S3Failures.connectFailure(failure);
        if (connect instanceof ConnectException || connect instanceof UnknownHostException) {
            return "Check the endpoint and the region of the client, and that the store runs and can be reached";
        }
        String message = String.valueOf(failure.getMessage());
        if (message.contains("Unable to load credentials")) {
            return "Give the client credentials: properties, environment, profile or instance role";
        }
        return message.contains("Unable to load region")
                ? "Give the client a region, for example with spring.cloud.aws.region.static"
                : "";
    }
}
