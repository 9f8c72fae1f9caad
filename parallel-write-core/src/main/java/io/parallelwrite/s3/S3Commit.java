package io.parallelwrite.s3;

import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.NotAppliedException;
import io.parallelwrite.target.Receipt;
import io.parallelwrite.target.RequestRefusedException;
import io.parallelwrite.target.Strength;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Sends the request that makes an object visible, and finds out what became of it when the answer does not say.
 *
 * <h2>What an exception proves</h2>
 *
 * Nothing, mostly: an answer may be lost after the request was applied, and a retry inside the SDK turns the second answer
 * into an error. So after a failure the object is looked at. It carries the token of its write.
 *
 * <table>
 * <caption>What a failure leads to</caption>
 * <tr><th>failure</th><th>what HEAD shows</th><th>then</th></tr>
 * <tr><td>a success without an ETag and our checksum</td><td>as below</td><td>as any other failure</td></tr>
 * <tr><td>no byte was sent; or refused (4xx) at the only attempt</td><td>not asked</td><td>not applied</td></tr>
 * <tr><td>any other</td><td>our token</td><td>committed; its size and checksum are the receipt</td></tr>
 * <tr><td>412, 409</td><td>nothing, or another token</td><td>not applied: it exists already</td></tr>
 * <tr><td>any other</td><td>nothing, or another token</td><td>if the upload still exists: sent again, three times in all,
 * then not applied if the last answer proves it, else in doubt. If it does not: in doubt</td></tr>
 * <tr><td>any</td><td>cannot be asked</td><td>in doubt</td></tr>
 * </table>
 *
 * Nothing blocks; what has to wait waits in a timer. Not thread-safe: one commit, whose steps follow each other.
 */
final class S3Commit {

    private static final int ATTEMPTS = 3;
    private static final int LOOKS = 4;

    private final S3WriteCalls calls;
    private final ContentDigest content;
    private final S3Publication publication;

    S3Commit(S3WriteCalls calls, ContentDigest content, S3Publication publication) {
        this.calls = calls;
        this.content = content;
        this.publication = publication;
    }

    /**
     * Commits.
     *
     * @return completes with the receipt; fails with {@link NotAppliedException} when it is certain that nothing changed,
     *     with another {@link IOException} when it is not
     */
    CompletableFuture<Receipt> run() {
        return attempt(1);
    }

    private CompletableFuture<Receipt> attempt(int attempt) {
        return publication
                .send()
                .handle((answer, failure) ->
                        failure == null ? receipt(attempt, answer) : resolve(attempt, S3Failures.unwrapped(failure)))
                .thenCompose(resolved -> resolved);
    }

    /**
     * Believes a checksum equal to ours at once; anything else is looked at, so that the receipt says what is there. A
     * success that names no object may come from something between here and the service, and proves nothing.
     */
    private CompletableFuture<Receipt> receipt(int attempt, S3Publication.Answer answer) {
        if (content.checksum().equals(answer.checksum())) {
            return CompletableFuture.completedFuture(
                    new Receipt(content.size(), answer.checksum(), Strength.FULL_OBJECT, answer.version()));
        }
        return calls.head()
                .handle((head, failure) -> {
                    if (failure == null && isOurs(head)) {
                        return CompletableFuture.completedFuture(S3Receipts.receipt(head));
                    }
                    return answer.version() == null
                            ? resolve(attempt, new IOException("a success came that names no object"))
                            : CompletableFuture.completedFuture(
                                    new Receipt(-1, answer.checksum(), Strength.NOT_COMPARABLE, answer.version()));
                })
                .thenCompose(receipt -> receipt);
    }

    private CompletableFuture<Receipt> resolve(int attempt, Throwable failure) {
        boolean first = attempt == 1 && S3Failures.wasOneAttempt(failure);
        if (publication.wasNeverSent() || (first && isDefiniteRefusal(failure))) {
            return CompletableFuture.failedFuture(notApplied(failure));
        }
        return look(1).handle((seen, unseen) -> {
                    if (unseen != null) {
                        return first && isCondition(failure)
                                ? CompletableFuture.<Receipt>failedFuture(exists(failure))
                                : inDoubt(failure, S3Failures.unwrapped(unseen));
                    }
                    if (seen.isPresent() && isOurs(seen.get())) {
                        return CompletableFuture.completedFuture(S3Receipts.receipt(seen.get()));
                    }
                    return isCondition(failure)
                            ? CompletableFuture.<Receipt>failedFuture(exists(failure))
                            : sendAgain(attempt, failure);
                })
                .thenCompose(resolved -> resolved);
    }

    private CompletableFuture<Receipt> sendAgain(int attempt, Throwable failure) {
        return publication
                .isRepeatable()
                .handle((repeatable, unseen) -> {
                    if (unseen != null) {
                        return inDoubt(failure, S3Failures.unwrapped(unseen));
                    }
                    if (!repeatable) {
                        return inDoubt(
                                failure,
                                new IOException("what was staged is gone, and the object"
                                        + " is not there: another write may have replaced it since"));
                    }
                    return attempt < ATTEMPTS && !S3Failures.isRefusal(failure)
                            ? CompletableFuture.supplyAsync(() -> attempt(attempt + 1), Backoff.after(attempt))
                                    .thenCompose(resolved -> resolved)
                            : giveUp(failure);
                })
                .thenCompose(resolved -> resolved);
    }

    private CompletableFuture<Receipt> giveUp(Throwable failure) {
        return publication.provesNotApplied(failure)
                ? CompletableFuture.failedFuture(notApplied(failure))
                : inDoubt(failure, new IOException("the object is not there, but the request may still be under way"));
    }

    /** Asks for the object, again when the question fails for a reason that may pass. Empty when nothing is there. */
    private CompletableFuture<Optional<HeadObjectResponse>> look(int look) {
        return calls.head()
                .handle((head, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedFuture(Optional.of(head));
                    }
                    Throwable cause = S3Failures.unwrapped(failure);
                    if (S3Failures.isNotFound(cause)) {
                        return CompletableFuture.completedFuture(Optional.<HeadObjectResponse>empty());
                    }
                    if (look < LOOKS && S3Failures.isTransient(cause)) {
                        return CompletableFuture.supplyAsync(() -> look(look + 1), Backoff.after(look))
                                .thenCompose(seen -> seen);
                    }
                    return CompletableFuture.<Optional<HeadObjectResponse>>failedFuture(
                            S3Failures.failure("HeadObject", calls.object(), cause));
                })
                .thenCompose(seen -> seen);
    }

    private boolean isOurs(HeadObjectResponse head) {
        return calls.token().equals(head.metadata().get(S3WriteCalls.TOKEN));
    }

    private static boolean isCondition(Throwable failure) {
        int status = S3Failures.status(failure);
        return status == 412 || status == 409;
    }

    /** A missing upload is no refusal: a request that was delivered twice is answered so after it was applied. */
    private static boolean isDefiniteRefusal(Throwable failure) {
        return S3Failures.isRefusal(failure)
                && !isCondition(failure)
                && !S3Failures.code(failure).equals("NoSuchUpload");
    }

    private NotAppliedException notApplied(Throwable failure) {
        return new NotAppliedException(S3Failures.describe(publication.operation(), calls.object(), failure), failure);
    }

    private NotAppliedException exists(Throwable failure) {
        String refused = publication.operation() + " of " + calls.object() + " was refused because ";
        if (S3Failures.status(failure) == 409) {
            return new RequestRefusedException(
                    refused + "another write of the same key was under way. Write it again", failure);
        }
        FileAlreadyExistsException exists = new FileAlreadyExistsException(
                calls.object(), null, "an object exists there, and this write may only create one");
        exists.initCause(failure);
        return new NotAppliedException(
                refused + "an object already exists under this key, and this write may only create one", exists);
    }

    private CompletableFuture<Receipt> inDoubt(Throwable failure, Throwable unseen) {
        IOException inDoubt = new IOException(
                S3Failures.describe(publication.operation(), calls.object(), failure)
                        + ". Whether it was applied is not certain: " + unseen.getMessage(),
                failure);
        inDoubt.addSuppressed(unseen);
        return CompletableFuture.failedFuture(inDoubt);
    }
}
