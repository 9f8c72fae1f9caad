package io.parallelwrite.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Uploads, with both targets well. */
class UploadTests extends ArchiveFixture {

    @Test
    void keepsAnUploadOnDiskAndInS3() throws Exception {
        byte[] content = SeededBytes.of(1, 3_000_000);

        HttpResponse<String> answer = archive.put("/archive/reports/2026/a.bin", BodyPublishers.ofByteArray(content));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location")).contains("/archive/reports/2026/a.bin");
        assertThat(local("reports/2026/a.bin")).hasBinaryContent(content);
        assertThatS3Holds("reports/2026/a.bin").isEqualTo(content);
    }

    @Test
    void takesAnUploadOfUnknownLengthThatIsLargerThanAllBuffers() throws Exception {
        byte[] content = SeededBytes.of(2, 48 << 20);
        BodyPublisher chunked = BodyPublishers.ofInputStream(() -> SeededBytes.streamOf(content, 0, () -> {}));

        HttpResponse<String> answer = archive.put("/archive/large.bin", chunked);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(sha256(archive.getBytes("/archive/large.bin").body())).isEqualTo(sha256(content));
        assertThat(s3.headObject(request -> request.bucket("sample").key("archive/large.bin"))
                        .contentLength())
                .isEqualTo(content.length);
    }

    @Test
    void takesAnEmptyUpload() throws Exception {
        assertThat(archive.put("/archive/empty", BodyPublishers.noBody()).statusCode())
                .isEqualTo(201);

        assertThat(local("empty")).isEmptyFile();
        assertThatS3Holds("empty").isEmpty();
    }

    @Test
    void answersWithOneReceiptPerTarget() throws Exception {
        HttpResponse<String> answer = archive.put("/archive/receipts.txt", BodyPublishers.ofString("123456789"));

        assertThatJson(answer, "$.status").isEqualTo("COMMITTED");
        assertThatJson(answer, "$.size").isEqualTo(9);
        assertThatJson(answer, "$.checksum").isEqualTo("CRC32C:e3069283");
        assertThatJsonList(answer, "$.targets[*].target").containsExactlyInAnyOrder("local", "s3");
        assertThatJsonList(answer, "$.targets[*].outcome").containsOnly("committed");
        assertThatJsonList(answer, "$.targets[*].receipt.size").containsExactly(9, 9);
        assertThatJsonList(answer, "$.targets[*].receipt.strength").hasSize(2);
    }

    @Test
    void keepsTheMediaTypeOfTheRequestInS3() throws Exception {
        archive.put("/archive/typed", BodyPublishers.ofString("a,b"), "Content-Type", "text/csv");

        assertThat(s3.headObject(request -> request.bucket("sample").key("archive/typed"))
                        .contentType())
                .isEqualTo("text/csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=b"})
    void storesABodyAsItIsWhateverItsMediaType(String mediaType) throws Exception {
        HttpResponse<String> answer =
                archive.put("/archive/form", BodyPublishers.ofString("a=1&b=2"), "Content-Type", mediaType);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(local("form")).hasContent("a=1&b=2");
    }

    @Test
    void createsOnceWhenAskedNotToReplace() throws Exception {
        HttpResponse<String> first =
                archive.put("/archive/once", BodyPublishers.ofString("first"), "If-None-Match", "*");
        HttpResponse<String> second =
                archive.put("/archive/once", BodyPublishers.ofString("second"), "If-None-Match", "*");

        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(second.statusCode()).as(second.body()).isEqualTo(412);
        assertThatJson(second, "$.detail").asString().contains("If-None-Match");
        assertThat(local("once")).hasContent("first");
        assertThatS3Holds("once").asString().isEqualTo("first");
    }

    @Test
    void replacesWhenNotAskedOtherwise() throws Exception {
        archive.put("/archive/twice", BodyPublishers.ofString("first"));
        archive.put("/archive/twice", BodyPublishers.ofString("second"));

        assertThat(local("twice")).hasContent("second");
        assertThatS3Holds("twice").asString().isEqualTo("second");
    }

    @Test
    void refusesAPreconditionItDoesNotUnderstand() throws Exception {
        assertThat(archive.put("/archive/x", BodyPublishers.ofString("x"), "If-None-Match", "\"etag\"")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void acceptsContentWithTheChecksumDeclared() throws Exception {
        String sha256 = sha256("content".getBytes(StandardCharsets.UTF_8));

        HttpResponse<String> answer = archive.put(
                "/archive/checked", BodyPublishers.ofString("content"), UploadOptions.SHA256_HEADER, sha256);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    @Test
    void refusesContentWithAnotherChecksumThanDeclared() throws Exception {
        String sha256 = sha256("other content".getBytes(StandardCharsets.UTF_8));

        HttpResponse<String> answer = archive.put(
                "/archive/unchecked", BodyPublishers.ofString("content"), UploadOptions.SHA256_HEADER, sha256);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThatJsonList(answer, "$.targets[*].outcome").containsOnly("aborted");
        assertThatNothingIsLeftOf("unchecked");
    }

    @Test
    void refusesAChecksumThatIsNone() throws Exception {
        HttpResponse<String> answer = archive.put(
                "/archive/nonsense", BodyPublishers.ofString("content"), UploadOptions.SHA256_HEADER, "xyz");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThatJson(answer, "$.detail").asString().contains(UploadOptions.SHA256_HEADER);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void storesNothingWhenTheClientStopsInTheMiddle(@LocalServerPort int port, CapturedOutput log) throws Exception {
        String answer =
                exchange(port, "PUT /archive/cut HTTP/1.1", "Host: localhost", "Content-Length: 99", "", "only");

        assertThat(answer).startsWith("HTTP/1.1 400");
        assertThatNothingIsLeftOf("cut");
        assertThat(log).as("no operator can do anything about it").doesNotContain("already committed", "to its end");
    }

    @Test
    void refusesABadPathBeforeTheClientSendsTheContent(@LocalServerPort int port) throws Exception {
        String answer = exchange(
                port,
                "PUT /archive/CON HTTP/1.1",
                "Host: localhost",
                "Content-Length: 9999999999",
                "Expect: 100-continue",
                "",
                "");

        assertThat(answer).startsWith("HTTP/1.1 400");
    }

    /** Sends these lines and nothing more, and returns everything that comes back. */
    private static String exchange(int port, String... lines) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(String.join("\r\n", lines).getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/../outside",
                "/a/../../outside",
                "/%2e%2e/outside",
                "/a/%2E%2E/%2E%2E/outside",
                "/..%2foutside",
                "/..%5Coutside",
                "/a//b",
                "/a/",
                "/.pw-staged",
                "/CON",
                "/a;b",
                "/a%00b",
                "/a%0Ab",
                "/a%7Cb"
            })
    void refusesAPathThatIsNotPlain(String rawPath) throws Exception {
        List<Path> before = localFiles();

        HttpResponse<String> answer = archive.put("/archive" + rawPath, BodyPublishers.ofString("x"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(localFiles()).isEqualTo(before);
    }

    @Test
    void saysWhatIsWrongWithAPath() throws Exception {
        HttpResponse<String> answer = archive.put("/archive/CON", BodyPublishers.ofString("x"));

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThatJson(answer, "$.detail").asString().contains("device name on Windows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a%20b%25.txt", "/%C3%BC/%E2%82%AC.txt", "/a%3Bb", "/a+b", "/%7Bid%7D", "/%5B1%5D"})
    void takesAnyNameThatIsPortable(String rawPath) throws Exception {
        HttpResponse<String> answer = archive.put("/archive" + rawPath, BodyPublishers.ofString(rawPath));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        String link = answer.headers().firstValue("Location").orElseThrow();
        assertThat(archive.get(link).body()).isEqualTo(rawPath);
    }

    private void assertThatNothingIsLeftOf(String path) throws IOException {
        assertThat(localFiles()).noneMatch(file -> file.endsWith(path)).noneMatch(ArchiveFixture::isStaged);
        assertThat(keysInS3()).doesNotContain("archive/" + path);
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
