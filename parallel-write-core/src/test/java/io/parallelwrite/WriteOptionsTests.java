package io.parallelwrite;

import static io.parallelwrite.TwoTargets.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.stream.ParallelOutputStream;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.ContentHeader;
import io.parallelwrite.target.NotAppliedException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class WriteOptionsTests {

    @AutoClose
    private final TwoTargets targets;

    private final ParallelResourceWriter writer;

    WriteOptionsTests() throws IOException {
        targets = new TwoTargets();
        writer = targets.writer;
    }

    @Test
    void sendsEveryAttributeToEveryTarget() throws IOException {
        writer.write(
                "a.csv",
                bytes("1,2"),
                WriteOptions.none()
                        .withContentType("text/plain")
                        .withContentEncoding("identity")
                        .withContentDisposition("attachment")
                        .withContentLanguage("en")
                        .withCacheControl("no-store")
                        .withMetadata("owner", "me")
                        .withMetadata("month", "may"));

        assertThat(targets.attributes("a.csv"))
                .isEqualTo(new ContentAttributes(
                        Map.of(
                                ContentHeader.CONTENT_TYPE, "text/plain",
                                ContentHeader.CONTENT_ENCODING, "identity",
                                ContentHeader.CONTENT_DISPOSITION, "attachment",
                                ContentHeader.CONTENT_LANGUAGE, "en",
                                ContentHeader.CACHE_CONTROL, "no-store"),
                        Map.of("owner", "me", "month", "may")));
    }

    @ParameterizedTest
    @CsvSource({
        "report.csv, text/csv",
        "dir.json/REPORT.CSV, text/csv",
        "a.json, application/json",
        "a.tar.gz, application/gzip",
        "page.html, text/html",
        "picture.png, image/png",
        "a.unheard-of, application/octet-stream",
        "README, application/octet-stream",
        "dir.csv/README, application/octet-stream",
    })
    void guessesTheContentTypeFromTheExtension(String path, String contentType) throws IOException {
        writer.write(path, bytes("x"));

        assertThat(targets.attributes(path).header(ContentHeader.CONTENT_TYPE)).isEqualTo(contentType);
    }

    @Test
    void anOptionsObjectIsNeverChanged() {
        WriteOptions options = WriteOptions.none();

        WriteOptions changed = options.withContentType("text/csv")
                .withMetadata("a", "b")
                .withCreateOnly(true)
                .withExpectedSize(DataSize.ofKilobytes(1));

        assertThat(options.attributes()).isEqualTo(ContentAttributes.NONE);
        assertThat(options.createOnly()).isFalse();
        assertThat(options.expectedByteCount()).isEmpty();
        assertThat(options.expectedChecksum()).isNull();
        assertThat(changed.createOnly()).isTrue();
        assertThat(changed.expectedByteCount()).hasValue(1024);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "pw-", "pw-token", "PW-Token"})
    void refusesMetadataNamesThatAreEmptyOrReserved(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WriteOptions.none().withMetadata(name, "value"))
                .withMessage(
                        "The metadata name '" + name + "' is empty or begins with the reserved 'pw-'; choose another");
    }

    @Test
    void refusesANegativeSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WriteOptions.none().withExpectedByteCount(-1))
                .withMessage("The expected size [-1] must not be negative");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WriteOptions.none().withExpectedSize(DataSize.ofBytes(-1)));
    }

    @Test
    void createOnlyWritesWhatDoesNotExist() throws IOException {
        writer.write("a", bytes("new"), WriteOptions.none().withCreateOnly(true));

        targets.assertBothHold("a", bytes("new"));
    }

    @Test
    void createOnlyRefusesToReplaceAndSendsNothing() throws IOException {
        writer.write("a", bytes("before"));

        assertThatExceptionOfType(ParallelWriteException.class)
                .isThrownBy(() ->
                        writer.write("a", bytes("new"), WriteOptions.none().withCreateOnly(true)))
                .withCauseInstanceOf(FileAlreadyExistsException.class)
                .satisfies(thrown -> assertThat(thrown.result().status()).isEqualTo(WriteStatus.FAILED));

        targets.assertBothHold("a", bytes("before"));
        assertThat(targets.local.calls()).containsOnlyOnce(Phase.WRITE);
    }

    @Test
    void createOnlyLetsOneOfTwoOpenWritesWinOnEveryTarget() throws IOException {
        WriteOptions createOnly = WriteOptions.none().withCreateOnly(true);
        try (ParallelOutputStream first = writer.open("a", createOnly);
                ParallelOutputStream second = writer.open("a", createOnly)) {
            first.write(bytes("first"));
            second.write(bytes("second"));
            second.commit();

            assertThatExceptionOfType(ParallelWriteException.class)
                    .isThrownBy(first::commit)
                    .withCauseInstanceOf(NotAppliedException.class)
                    .satisfies(thrown -> assertThat(thrown.result().status()).isEqualTo(WriteStatus.FAILED));
        }

        targets.assertBothHold("a", bytes("second"));
    }
}
