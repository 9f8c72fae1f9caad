package io.parallelwrite.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.s3.FaultServer.Fault;
import io.parallelwrite.s3.FaultServer.Kind;
import io.parallelwrite.s3.HttpFault.Action;
import io.parallelwrite.simulation.PlantedBug;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes in the code for S3, each of which a few cases of the matrix must find. */
@Tag("faults")
class HttpPlantedBugTests {

    private static @Nullable String found(List<HttpFault> faults) throws Exception {
        List<String> violations = HttpFaultMatrix.violations(HttpFaultMatrix.run(faults));
        return violations.isEmpty() ? null : violations.toString();
    }

    private static HttpFault fault(Action action, Kind kind, Fault fault, boolean lasting) {
        return new HttpFault(action, null, kind, fault, lasting, false, false);
    }

    /** Puts and deletes. */
    static final class Small implements Callable<@Nullable String> {
        @Override
        public @Nullable String call() throws Exception {
            return found(List.of(
                    fault(Action.PUT, Kind.PUT, Fault.EMPTY_BEFORE, false),
                    fault(Action.PUT, Kind.PUT, Fault.HANG, false),
                    fault(Action.PUT, Kind.PUT, Fault.HANG, true),
                    fault(Action.PUT, Kind.PUT, Fault.RESET_AFTER, true),
                    fault(Action.PUT, Kind.PUT, Fault.SLOW_DOWN, true),
                    fault(Action.DELETE, Kind.DELETE, Fault.RESET_AFTER, true),
                    fault(Action.DELETE, Kind.DELETE, Fault.EMPTY_BEFORE, true),
                    fault(Action.STAT, Kind.HEAD, Fault.EMPTY_BEFORE, true),
                    fault(Action.LIST, Kind.LIST, Fault.EMPTY_BEFORE, true)));
        }
    }

    /** Multipart uploads. */
    static final class Large implements Callable<@Nullable String> {
        @Override
        public @Nullable String call() throws Exception {
            return found(List.of(
                    fault(Action.MULTIPART, Kind.PART, Fault.RESET_BEFORE, false),
                    fault(Action.MULTIPART, Kind.COMPLETE, Fault.HANG, true),
                    fault(Action.MULTIPART, Kind.COMPLETE, Fault.TRUNCATED, false),
                    new HttpFault(Action.MULTIPART, null, Kind.COMPLETE, Fault.DUPLICATE, false, true, false),
                    new HttpFault(
                            Action.MULTIPART,
                            new HttpFault.Trigger(Kind.COMPLETE, Fault.MALFORMED_BEFORE, 1),
                            Kind.LIST_PARTS,
                            Fault.NOT_FOUND,
                            true,
                            false,
                            false),
                    new HttpFault(
                            Action.MULTIPART,
                            new HttpFault.Trigger(Kind.PART, Fault.FORBIDDEN, 1),
                            Kind.ABORT,
                            Fault.FORBIDDEN,
                            true,
                            false,
                            false)));
        }
    }

    static Stream<Arguments> small() {
        return Stream.of(
                        new PlantedBug(
                                S3Commit.class,
                                "if (publication.wasNeverSent() ||",
                                "if (true || publication.wasNeverSent() ||",
                                "a failure is taken for 'not applied', and nobody looks"),
                        new PlantedBug(
                                S3Commit.class,
                                "return calls.token().equals(head.metadata().get(S3WriteCalls.TOKEN));",
                                "return true;",
                                "an older object is taken for our own"),
                        new PlantedBug(S3Commit.class, """
                                if (content.checksum().equals(answer.checksum())) {
                                    return CompletableFuture.completedFuture(
                                            new Receipt(content.size(), answer.checksum(),""", """
                                if (true) {
                                    return CompletableFuture.completedFuture(
                                            new Receipt(content.size(), content.checksum(),""", "the checksum of the answer is not compared"),
                        new PlantedBug(
                                S3Commit.class,
                                "return answer.version() == null",
                                "return false",
                                "a success that names no object is believed"),
                        new PlantedBug(
                                S3Publication.class,
                                "return S3Failures.status(failure) == 503 || S3Failures.status(failure) == 429;",
                                "return true;",
                                "a put that got no answer is taken for never applied"),
                        new PlantedBug(
                                PartBody.class,
                                "bytes.subscribe(subscriber);",
                                "(readCount.get() > 1 ? AsyncRequestBody.empty() : bytes).subscribe(subscriber);",
                                "a body can be sent only once"),
                        new PlantedBug(
                                S3Objects.class,
                                "if (!saysNoObject && S3Failures.isRefusal(failure)) {",
                                "if (!saysNoObject) {",
                                "a delete whose answer is lost is taken for not applied"),
                        new PlantedBug(
                                S3Objects.class,
                                "if (status == DELETED) {",
                                "if (failure == null) {",
                                "any success of a delete is believed"),
                        new PlantedBug(
                                S3Listing.class,
                                "if (answer.isTruncated() == null) {",
                                "if (answer.isTruncated() == null) { return false; } if (false) {",
                                "an empty answer ends a listing"))
                .map(Arguments::of);
    }

    static Stream<Arguments> large() {
        return Stream.of(
                        new PlantedBug(
                                S3Commit.class,
                                "&& !S3Failures.code(failure).equals(\"NoSuchUpload\")",
                                "",
                                "an upload that is gone is taken for a refusal"),
                        new PlantedBug(
                                S3Commit.class,
                                "if (!repeatable) {",
                                """
                                if (!repeatable) {
                                    if (true) {
                                        return CompletableFuture.completedFuture(new Receipt(
                                                content.size(), content.checksum(), Strength.FULL_OBJECT, null));
                                    }
                                """,
                                "an upload that is gone is taken for a success"),
                        new PlantedBug(
                                S3Upload.class,
                                "parts = List.copyOf(completed.values());",
                                "parts = new java.util.ArrayList<>(completed.values());"
                                        + " java.util.Collections.reverse(parts);",
                                "parts are out of order"),
                        new PlantedBug(
                                S3Upload.class,
                                "if (completedPart != null) {",
                                "if (completedPart != null && number == 1) { partsMayLand |= part.wasSent(); }"
                                        + " else if (completedPart != null) {",
                                "the first part is missing"),
                        new PlantedBug(
                                S3Publication.class,
                                "return upload.complete(content)",
                                """
                                return upload.complete(content)
                                        .whenComplete((done, failure) -> {
                                            if (failure != null) {
                                                upload.abort();
                                            }
                                        })
                                """,
                                "an upload is aborted after its completion was sent"),
                        new PlantedBug(
                                S3Upload.class,
                                "? calls.abort(id, this::mayPartsLand).run()",
                                "? calls.abort(id, this::mayPartsLand).run().exceptionally(left -> null)",
                                "an upload that could not be aborted is not reported"))
                .map(Arguments::of);
    }

    @Test
    void findsNothingInTheClassesAsTheyAre() throws Exception {
        assertThat(PlantedBug.findInUnchangedClasses(Small.class)).isNull();
        assertThat(PlantedBug.findInUnchangedClasses(Large.class)).isNull();
    }

    @ParameterizedTest
    @MethodSource("small")
    void findsAMistakeInPutsAndDeletes(PlantedBug bug) throws Exception {
        Object found = bug.findBy(Small.class);
        System.out.println("Planted: " + bug + " -> " + found);
        assertThat(found).as(bug.toString()).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("large")
    void findsAMistakeInUploads(PlantedBug bug) throws Exception {
        Object found = bug.findBy(Large.class);
        System.out.println("Planted: " + bug + " -> " + found);
        assertThat(found).as(bug.toString()).isNotNull();
    }
}
