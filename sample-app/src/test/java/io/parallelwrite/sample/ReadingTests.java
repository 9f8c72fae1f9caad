package io.parallelwrite.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Downloads and comparisons when the copies are not as they were written. */
@ExtendWith(OutputCaptureExtension.class)
class ReadingTests extends ArchiveFixture {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void saysThatTheLocalCopyServes() throws Exception {
        archive.put("/archive/near", BodyPublishers.ofString("x"));

        HttpResponse<String> answer = archive.get("/archive/near");

        assertThat(answer.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(saved -> assertThat(saved).contains("near"));
        assertThat(answer.headers().firstValue(ArchiveController.SERVED_BY_HEADER))
                .contains("local");
        assertThat(answer.headers().firstValue(ArchiveController.PASSED_OVER_HEADER))
                .isEmpty();
    }

    @Test
    void servesFromS3WhenTheLocalCopyIsGoneSaysSoAndBringsItBack(CapturedOutput output) throws Exception {
        byte[] content = SeededBytes.of(7, 1_000_000);
        archive.put("/archive/cache/a.bin", BodyPublishers.ofByteArray(content));
        Files.delete(local("cache/a.bin"));

        HttpResponse<byte[]> answer = archive.getBytes("/archive/cache/a.bin");

        assertThat(answer.body()).isEqualTo(content);
        assertThat(answer.headers().firstValue(ArchiveController.SERVED_BY_HEADER))
                .contains("s3");
        assertThat(answer.headers().firstValue(ArchiveController.PASSED_OVER_HEADER))
                .contains("local; reason=missing");
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(content.length);
        assertThat(output).contains("'cache/a.bin' is served by 's3' ('local' holds no copy)");

        await().untilAsserted(() -> assertThat(output).contains("'cache/a.bin' is back at 'local', from 's3'"));
        assertThat(local("cache/a.bin")).hasBinaryContent(content);
        assertThat(archive.get("/archive/cache/a.bin").headers().firstValue(ArchiveController.SERVED_BY_HEADER))
                .contains("local");
        assertThat(metric("parallel.read.fallbacks", "target:local", "reason:missing"))
                .isGreaterThanOrEqualTo(1);
        assertThat(metric("parallel.read.refills", "target:local", "outcome:ok"))
                .isGreaterThanOrEqualTo(1);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE);
    }

    /** Returns the first measurement, or 0 if there is none. */
    private double metric(String name, String... tags) throws Exception {
        String query = String.join("&tag=", tags);
        HttpResponse<String> answer = archive.get("/actuator/metrics/" + name + "?tag=" + query);
        if (answer.statusCode() == 404) {
            return 0;
        }
        return ((Number) assertThatJson(answer, "$.measurements[0].value").actual()).doubleValue();
    }

    @Test
    void findsTheByteThatDiffersAndWhoHoldsWhatWasUploaded(CapturedOutput output) throws Exception {
        byte[] content = SeededBytes.of(8, 300_000);
        archive.put("/archive/flipped.bin", BodyPublishers.ofByteArray(content));
        byte[] broken = content.clone();
        broken[123_456] ^= 1;
        Files.write(local("flipped.bin"), broken);

        HttpResponse<String> answer = archive.get("/archive/flipped.bin?compare");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThatJson(answer, "$.result").isEqualTo("different");
        assertThatJson(answer, "$.offset").isEqualTo(123_456);
        assertThatJsonList(answer, "$.minority").isEmpty();
        assertThatJsonList(answer, "$.copies[*].target").containsExactly("local", "s3");
        assertThatJsonList(answer, "$.copies[*].matchesReceipt").containsExactly(false, true);
        assertThatJsonList(answer, "$.copies[?(@.target == 's3')].checksum").isEqualTo(receiptChecksum(answer));
        assertThat(output)
                .contains("Diverged: 'flipped.bin' differs on [local, s3]")
                .contains("Copies of 'flipped.bin' differ or may differ");
        assertThat(metric("parallel.write.divergences", "target:local")).isGreaterThanOrEqualTo(1);
    }

    private static Object receiptChecksum(HttpResponse<String> answer) {
        return List.of(assertThatJson(answer, "$.receipt.checksum").actual());
    }

    @Test
    void findsThatBothCopiesAreWhatWasUploaded() throws Exception {
        archive.put("/archive/same", BodyPublishers.ofString("123456789"));

        HttpResponse<String> answer = archive.get("/archive/same?compare");

        assertThatJson(answer, "$.result").isEqualTo("equal");
        assertThatJson(answer, "$.strength").isIn("CONTENT", "FULL_OBJECT");
        assertThatJson(answer, "$.receipt.checksum").isEqualTo("CRC32C:e3069283");
        assertThatJsonList(answer, "$.copies[*].matchesReceipt").containsExactly(true, true);
        assertThatJsonList(answer, "$.copies[*].size").containsExactly(9, 9);
    }

    @Test
    void findsACopyThatIsCutShort() throws Exception {
        archive.put("/archive/short", BodyPublishers.ofString("123456789"));
        Files.writeString(local("short"), "12345");

        HttpResponse<String> answer = archive.get("/archive/short?compare");

        assertThatJson(answer, "$.result").isEqualTo("different");
        assertThatJsonList(answer, "$.copies[*].size").containsExactly(5, 9);
        assertThatJsonList(answer, "$.copies[*].matchesReceipt").containsExactly(false, true);
    }

    @Test
    void findsACopyThatIsMissing() throws Exception {
        archive.put("/archive/gone", BodyPublishers.ofString("x"));
        Files.delete(local("gone"));

        HttpResponse<String> answer = archive.get("/archive/gone?compare");

        assertThatJson(answer, "$.result").isEqualTo("different");
        assertThatJsonList(answer, "$.copies[*].answer").containsExactly("missing", "held");
    }

    @Test
    void forgetsTheReceiptOfWhatIsDeleted() throws Exception {
        archive.put("/archive/forgotten", BodyPublishers.ofString("x"));
        assertThat(directory.resolve("receipts/forgotten")).exists();

        archive.delete("/archive/forgotten");

        HttpResponse<String> answer = archive.get("/archive/forgotten?compare");
        assertThatJson(answer, "$.result").isEqualTo("absent");
        assertThatJsonList(answer, "$.copies[*].answer").containsExactly("missing", "missing");
        assertThat(answer.body()).doesNotContain("receipt");
        assertThat(directory.resolve("receipts/forgotten")).doesNotExist();
    }

    @Test
    void comparesWithTheReceiptOfTheLastUpload() throws Exception {
        archive.put("/archive/replaced", BodyPublishers.ofString("first"));
        archive.put("/archive/replaced", BodyPublishers.ofString("123456789"));

        assertThatJson(archive.get("/archive/replaced?compare"), "$.receipt.checksum")
                .isEqualTo("CRC32C:e3069283");
    }

    @Test
    void comparesWithoutAReceipt() throws Exception {
        archive.put("/archive/unknown", BodyPublishers.ofString("x"));
        Files.delete(directory.resolve("receipts/unknown"));

        HttpResponse<String> answer = archive.get("/archive/unknown?compare");

        assertThatJson(answer, "$.result").isEqualTo("equal");
        assertThat(answer.body()).doesNotContain("receipt", "matchesReceipt");
    }

    @Test
    void marksWhatDiffersInTheList() throws Exception {
        archive.put("/archive/list/a", BodyPublishers.ofString("123"));
        archive.put("/archive/list/b", BodyPublishers.ofString("123"));
        archive.put("/archive/list/c", BodyPublishers.ofString("123"));
        Files.writeString(local("list/b"), "12");
        Files.delete(local("list/c"));

        HttpResponse<String> answer = archive.get("/archive");

        assertThatJsonList(answer, "$[?(@.path =~ /list.*/)].path").containsExactly("list/a", "list/b", "list/c");
        assertThatJsonList(answer, "$[?(@.path =~ /list.*/ && @.difference)].path")
                .containsExactly("list/b", "list/c");
        assertThatJsonList(answer, "$[?(@.path == 'list/c')].size").containsExactly(3);
    }

    @Test
    void closesACopyThatTheAnswerDoesNotNeed() throws Exception {
        archive.put("/archive/range", BodyPublishers.ofString("123"));
        archive.get("/archive/range");
        await().untilAsserted(() -> assertThat(readsThatEnded()).isPositive());
        double before = readsThatEnded();

        HttpResponse<String> answer = archive.get("/archive/range", "Range", "bytes=7-9");

        assertThat(answer.statusCode()).isEqualTo(416);
        await().untilAsserted(() -> assertThat(readsThatEnded()).isGreaterThan(before));
    }

    private double readsThatEnded() throws Exception {
        return metric("parallel.read", "target:local", "outcome:ok");
    }

    @Test
    void givesSeveralRanges() throws Exception {
        archive.put("/archive/ranges", BodyPublishers.ofString("0123456789"));

        HttpResponse<String> answer = archive.get("/archive/ranges", "Range", "bytes=6-7,1-2");

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).contains("67", "12");
    }
}
