package io.parallelwrite.s3;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Reads what the SDK throws: what it proves, whether to try again, and how to say it. */
final class S3Failures {

    private S3Failures() {}

    /** Returns the failure itself, without what futures wrap around it. */
    static Throwable unwrapped(Throwable failure) {
        Throwable unwrapped = failure;
        while ((unwrapped instanceof CompletionException || unwrapped instanceof ExecutionException)
                && unwrapped.getCause() != null) {
            unwrapped = unwrapped.getCause();
        }
        return unwrapped;
    }

    /** Returns the failure as a stage throws it. */
    static CompletionException wrapped(Throwable failure) {
        return new CompletionException(unwrapped(failure));
    }

    /** Returns the status of the answer, or 0 if there was no answer that could be read. */
    static int status(Throwable failure) {
        return failure instanceof SdkServiceException answer ? answer.statusCode() : 0;
    }

    /** Returns the error code of S3 in the answer, or an empty text. */
    static String code(Throwable failure) {
        if (failure instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
            String code = answer.awsErrorDetails().errorCode();
            return code == null ? "" : code;
        }
        return "";
    }

    /** Tells whether the same request may succeed if it is sent again. */
    static boolean isTransient(Throwable failure) {
        if (failure instanceof SdkServiceException answer) {
            int status = answer.statusCode();
            return isServerError(answer)
                    || status == 408
                    || status == 429
                    || answer.isThrottlingException()
                    || code(failure).equals("RequestTimeout");
        }
        return !(failure instanceof AbortedException) && hasIoCause(failure);
    }

    private static boolean hasIoCause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException
                    || cause instanceof TimeoutException
                    || cause instanceof ApiCallAttemptTimeoutException
                    || cause instanceof ApiCallTimeoutException) {
                return true;
            }
        }
        return false;
    }

    /** A status below 400 with an error is a 200 whose body holds the error, as CompleteMultipartUpload answers. */
    private static boolean isServerError(SdkServiceException answer) {
        return answer.statusCode() >= 500 || answer.statusCode() < 400;
    }

    /**
     * Tells whether the server read the request and refused it before it did anything.
     *
     * <p>Only an answer to the one attempt that was made proves that: the refusal of a second attempt says nothing about
     * the first.
     */
    static boolean isRefusal(Throwable failure) {
        int status = status(failure);
        return status >= 400 && status < 500 && !isTransient(failure) && wasOneAttempt(failure);
    }

    /**
     * Tells whether the request changed nothing, for certain: it was refused, or not sent, at the only attempt. Only a server
     * that says it is too busy says that it did not begin.
     */
    static boolean provesNothingBegun(Throwable failure) {
        boolean busy = status(failure) == 503 || status(failure) == 429;
        boolean unsent = status(failure) == 0 && isUnconnected(connectFailure(failure));
        return isRefusal(failure) || ((busy || unsent) && wasOneAttempt(failure));
    }

    /** Tells whether the SDK sent the request only once. */
    static boolean wasOneAttempt(Throwable failure) {
        Integer attempts = failure instanceof SdkException sdk ? sdk.numAttempts() : null;
        return attempts != null && attempts == 1;
    }

    static boolean isNotFound(Throwable failure) {
        return status(failure) == 404;
    }

    static boolean isNoSuchBucket(Throwable failure) {
        return code(failure).equals("NoSuchBucket");
    }

    /** Returns an exception that names the operation, the object, the answer and the remedy. */
    static IOException failure(String operation, String object, Throwable failure) {
        return new IOException(describe(operation, object, failure), failure);
    }

    /** Returns what says that a success came that S3 does not give, and that proves nothing. */
    static IOException notS3(String operation, String object) {
        return new IOException(operation + " of " + object + " was answered with a success that S3 does not give;"
                + " look for a proxy that answers in the place of the store");
    }

    /** Says in one sentence or two what happened and what to do. */
    static String describe(String operation, String object, Throwable failure) {
        String remedy = S3Remedies.remedy(failure);
        return operation + " of " + object + " " + outcome(failure) + (remedy.isEmpty() ? "" : ". " + remedy);
    }

    private static String outcome(Throwable failure) {
        if (failure instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
            String message = answer.awsErrorDetails().errorMessage();
            return "was answered " + answer.statusCode() + " " + code(failure) + requestId(answer)
                    + (message == null ? "" : ": " + withoutFullStop(message));
        }
        if (failure instanceof SdkServiceException answer) {
            return "was answered " + answer.statusCode() + requestId(answer);
        }
        return "got no answer: " + noAnswer(failure);
    }

    private static String requestId(SdkServiceException answer) {
        return answer.requestId() == null ? "" : " (request " + answer.requestId() + ")";
    }

    /** Returns the first sentence of the SDK's message and, when that says more, why it could not connect. */
    private static String noAnswer(Throwable failure) {
        String message = firstSentence(message(failure));
        String detail = firstSentence(message(connectFailure(failure)));
        return message.contains(detail) ? message : message + ": " + detail;
    }

    /** Returns the failure to connect, also of an earlier attempt of the SDK, else the innermost cause. */
    static Throwable connectFailure(Throwable failure) {
        Throwable innermost = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isUnconnected(cause)) {
                return cause;
            }
            innermost = cause;
        }
        for (Throwable earlier : failure.getSuppressed()) {
            Throwable found = connectFailure(earlier);
            if (isUnconnected(found)) {
                return found;
            }
        }
        return innermost;
    }

    private static boolean isUnconnected(Throwable failure) {
        return failure instanceof ConnectException || failure instanceof UnknownHostException;
    }

    private static String message(Throwable failure) {
        String message = failure instanceof SdkClientException sdk ? sdk.rawMessage() : failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    /** The SDK explains some failures in a whole page. */
    private static String firstSentence(String message) {
        String line = message.lines().findFirst().orElse("");
        int end = line.indexOf(". ");
        return withoutFullStop(end < 0 ? line : line.substring(0, end));
    }

    private static String withoutFullStop(String message) {
        String stripped = message.strip();
        return stripped.endsWith(".") ? stripped.substring(0, stripped.length() - 1) : stripped;
    }
}
