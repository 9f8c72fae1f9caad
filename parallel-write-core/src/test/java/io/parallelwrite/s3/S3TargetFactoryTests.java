package io.parallelwrite.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.InvalidTargetPathException;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetDefinition;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.WriteRequest;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.encryption.s3.S3AsyncEncryptionClient;

/** What locations and clients a target can be made of, and what is said about the others. */
class S3TargetFactoryTests {

    private final S3AsyncClient client =
            S3Server.client(URI.create("http://127.0.0.1:1"), "any", "any").build();
    private final S3TargetFactory factory = S3TargetFactory.of(client);

    @AfterEach
    void closeClient() {
        client.close();
    }

    @ParameterizedTest
    @CsvSource({
        "s3://my-bucket/data/, s3://my-bucket/data/",
        "s3://my-bucket/, s3://my-bucket/",
        "s3://my-bucket, s3://my-bucket/",
        "S3://my.bucket.1/a/b c/ü/, s3://my.bucket.1/a/b c/ü/"
    })
    void makesATargetWithoutConnecting(String location, String place) throws Exception {
        TargetDefinition definition = TargetDefinition.of("copy", location);
        assertThat(factory.supports(definition)).isTrue();
        try (Target target = factory.create(definition)) {
            target.initialize();
            assertThat(target.name()).isEqualTo("copy");
            assertThat(target.place()).isEqualTo(place);
        }
    }

    @Test
    void leavesOtherSchemesToOthers() {
        assertThat(factory.supports(TargetDefinition.of("copy", "file:./data/")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3://my-bucket/data | must end in '/'",
                "s3://my-bucket/data^v1/ | would name a version",
                "s3://my-bucket/data?x=1/ | no query",
                "s3://my-bucket//data/ | segment ''",
                "s3://my-bucket/a/../b/ | segment '..'",
                "s3://My_Bucket/ | not the name of a bucket",
                "s3://10.0.0.1/ | not the name of a bucket",
                "s3://ab/ | not the name of a bucket",
                "s3://arn:aws:s3:x/ | use its alias",
                "s3:my-bucket/ | must begin with s3://"
            })
    void namesTheLocationAndTheRemedyWhenItIsWrong(String location, String reason) {
        assertThatThrownBy(() -> factory.create(TargetDefinition.of("copy", location)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + location + "'")
                .hasMessageContaining(reason)
                .hasMessageContaining("Write s3://bucket/prefix/");
    }

    @Test
    void refusesAKeyThatIsTooLongForS3() {
        S3Location location = new S3Location("my-bucket", "p".repeat(200) + "/");
        TargetPath path = TargetPath.of("x".repeat(180) + ("/" + "y".repeat(180)).repeat(3) + "/" + "z".repeat(170));
        assertThatThrownBy(() -> location.key(path))
                .isInstanceOf(InvalidTargetPathException.class)
                .hasMessageContaining("S3 allows 1024");
    }

    @Test
    void refusesAClientThatEncryptsAlsoInsideAnotherOne() {
        S3AsyncClient encrypting = new DelegatingS3AsyncClient(new S3AsyncEncryptionClient(client)) {};
        assertThatThrownBy(() -> S3TargetFactory.of(encrypting).create(TargetDefinition.of("copy", "s3://my-bucket/")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'copy'")
                .hasMessageContaining("S3AsyncEncryptionClient")
                .hasMessageContaining("no checksum can be compared")
                .hasMessageContaining("TargetFactory");
    }

    @Test
    void looksThroughAClientThatSplitsObjects() {
        S3AsyncClient splitting = S3Server.client(URI.create("http://127.0.0.1:1"), "any", "any")
                .multipartEnabled(true)
                .build();
        try (splitting) {
            assertThat(S3Clients.usable("copy", splitting).getClass().getName()).doesNotContain("multipart");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pw-token", "PW-Token"})
    void refusesMetadataUnderTheReservedName(String name) throws Exception {
        try (Target target = factory.create(TargetDefinition.of("copy", "s3://my-bucket/"))) {
            WriteRequest request = new WriteRequest(
                    TargetPath.of("a"), "token", ContentAttributes.NONE.withMetadata(name, "x"), false, -1);
            assertThatThrownBy(() -> target.open(request))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'pw-token' is reserved");
        }
    }
}
