package io.parallelwrite.s3;

import static io.parallelwrite.target.TargetDriver.rest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.target.TargetListing;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetPrefix;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What a listing makes of answers that the servers of the other tests do not give. */
class S3ListingTests {

    private final ScriptedClient client = new ScriptedClient();

    /** A client that lists what it was told to, and remembers what it was asked. */
    private static final class ScriptedClient implements S3AsyncClient {

        private final Queue<ListObjectsV2Response> answers = new ArrayDeque<>();
        private final List<ListObjectsV2Request> requests = new ArrayList<>();

        /** Answers a request with keys, and with a token if more are to follow. */
        ScriptedClient answer(@Nullable String token, String... keys) {
            answers.add(ListObjectsV2Response.builder()
                    .isTruncated(token != null)
                    .nextContinuationToken(token)
                    .contents(Stream.of(keys).map(ScriptedClient::object).toList())
                    .build());
            return this;
        }

        private static S3Object object(String key) {
            return S3Object.builder()
                    .key(key)
                    .size((long) key.length())
                    .lastModified(Instant.EPOCH)
                    .eTag("\"tag\"")
                    .build();
        }

        @Override
        public CompletableFuture<ListObjectsV2Response> listObjectsV2(ListObjectsV2Request request) {
            requests.add(request);
            return CompletableFuture.completedFuture(answers.remove());
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    @Test
    void listsTheOrderOfBytes() throws IOException {
        client.answer(null, "data/a", "data/a.b", "data/a/b", "data/\ufffd", "data/\ud83d\ude00");
        assertThat(rest(listing("", null))).containsExactly("a", "a.b", "a/b", "\ufffd", "\ud83d\ude00");
    }

    @Test
    void failsWhereTheStoreHasAnotherOrder() throws IOException {
        client.answer("t", "data/b", "data/c").answer(null, "data/a");
        TargetListing listing = listing("", null);
        listing.next();
        listing.next();
        assertThatThrownBy(listing::next)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ListObjectsV2 of s3://bucket/data/ has 'a' after 'c'")
                .hasMessageContaining("use a bucket and a store");
    }

    @Test
    void failsWhereTheStoreDoesNotBeginAfterThePosition() {
        client.answer(null, "data/a", "data/b");
        assertThatThrownBy(listing("", "a")::next).hasMessageContaining("has 'a' after 'a'");
    }

    @Test
    void failsWhenMoreIsPromisedAndNotToldHowToGoOn() {
        client.answers.add(ListObjectsV2Response.builder().isTruncated(true).build());
        assertThatThrownBy(listing("", null)::next)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not how to go on");
    }

    @Test
    void failsWhenItIsSentRoundInACircle() {
        client.answer("t").answer("t");
        assertThatThrownBy(listing("", null)::next).hasMessageContaining("not how to go on");
    }

    @Test
    void goesOnAfterEmptyPages() throws IOException {
        client.answer("1").answer("2", "data/a").answer("3").answer(null, "data/b");
        assertThat(rest(listing("", null))).containsExactly("a", "b");
    }

    @Test
    void asksForThePrefixAndThePositionBelowTheTarget() throws IOException {
        client.answer("t", "data/reports/2026-2").answer(null);
        assertThat(rest(listing("reports/2026-", "reports/2026-1"))).containsExactly("reports/2026-2");
        assertThat(client.requests).allSatisfy(request -> {
            assertThat(request.bucket()).isEqualTo("bucket");
            assertThat(request.prefix()).isEqualTo("data/reports/2026-");
            assertThat(request.encodingType()).isEqualTo(EncodingType.URL);
            assertThat(request.overrideConfiguration().orElseThrow().apiCallAttemptTimeout())
                    .contains(S3TargetSettings.defaults().attemptTimeout());
        });
        assertThat(client.requests.get(0).startAfter()).isEqualTo("data/reports/2026-1");
        assertThat(client.requests)
                .extracting(ListObjectsV2Request::continuationToken)
                .containsExactly(null, "t");
    }

    @Test
    void countsKeysThatNoPathLeadsTo() throws IOException {
        client.answer(
                null,
                "data/",
                "data/.pw-0",
                "data/a",
                "data/a/",
                "data/cafe\u0301",
                "data/d//e",
                "data/nul",
                "data/x\u0001");
        TargetListing listing = listing("", null);
        assertThat(rest(listing)).containsExactly("a");
        assertThat(listing.skippedCount()).isEqualTo(7);
    }

    @Test
    void doesNotTakeKeysForItsOwnThatItDidNotAskFor() throws IOException {
        client.answer(null, "data/.a", "data/..a", "other/secret");
        TargetListing listing = listing("..", null);
        assertThat(rest(listing)).containsExactly("..a");
        assertThat(listing.skippedCount()).isZero();
    }

    private TargetListing listing(String prefix, @Nullable String after) {
        S3Calls calls = new S3Calls(client, new S3Location("bucket", "data/"), S3TargetSettings.defaults());
        return new S3Listing(calls, TargetPrefix.of(prefix), after == null ? null : TargetPath.of(after));
    }
}
