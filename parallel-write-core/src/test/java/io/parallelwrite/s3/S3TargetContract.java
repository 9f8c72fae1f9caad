package io.parallelwrite.s3;

import static io.parallelwrite.target.TargetDriver.bytes;
import static io.parallelwrite.target.TargetDriver.digestOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.ContentHeader;
import io.parallelwrite.target.NotAppliedException;
import io.parallelwrite.target.Receipt;
import io.parallelwrite.target.Strength;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetContract;
import io.parallelwrite.target.TargetDriver;
import io.parallelwrite.target.TargetPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every target, and what S3 adds: parts of 5 MiB, their boundaries, and what is left of an upload. */
abstract class S3TargetContract extends TargetContract {

    private static final int PART = 5 << 20;

    /** Returns the server the target writes to; all tests of a class share it. */
    abstract S3Server server() throws Exception;

    /** Returns whether the server keeps an object when an upload over it is aborted; {@code true} by default. */
    boolean keepsObjectsUnderAbortedUploads() {
        return true;
    }

    @Override
    protected Target newTarget() throws Exception {
        return server().newTarget();
    }

    @Override
    protected Target anotherOver(Target target) throws Exception {
        return server().targetAt(prefix(target));
    }

    @Override
    protected int stagedSize() {
        return PART + 4711;
    }

    @Override
    protected void assertNothingLeftBehind(Target target) throws Exception {
        assertThat(server().uploads()).as("uploads").isEmpty();
        assertThat(server().keys(prefix(target))).as("keys").noneMatch(key -> key.contains(TargetPath.RESERVED_PREFIX));
    }

    @Override
    protected Strength strength() {
        return Strength.FULL_OBJECT;
    }

    @Override
    protected boolean keepsAttributes() {
        return true;
    }

    @Override
    protected ContentAttributes attributesOf(Target target, TargetPath path) throws Exception {
        return server().attributes(prefix(target) + path.value());
    }

    @Override
    protected boolean putForeign(Target target, String name) throws Exception {
        server().put(prefix(target) + name);
        return true;
    }

    @Override
    protected int largeSize() {
        return 2 * PART + 4711;
    }

    private static String prefix(Target target) {
        return target.place().substring(("s3://" + S3Server.BUCKET + "/").length());
    }

    @ParameterizedTest
    @ValueSource(ints = {PART - 1, PART, PART + 1, 2 * PART - 1, 2 * PART, 2 * PART + 1, 3 * PART + 1234})
    void makesObjectsAroundTheSizeOfPartsVisible(int size) throws Exception {
        TargetDriver driver = new TargetDriver(newTarget());
        Receipt receipt = driver.put("parts.bin", bytes(size));

        assertThat(receipt.size()).isEqualTo(size);
        assertThat(receipt.strength()).isEqualTo(Strength.FULL_OBJECT);
        assertThat(receipt.checksum()).isEqualTo(digestOf(bytes(size)).checksum());
        assertThat(digestOf(driver.content("parts.bin"))).isEqualTo(digestOf(bytes(size)));
    }

    @Test
    void keepsAttributesOfAnUpload() throws Exception {
        Target target = newTarget();
        ContentAttributes attributes = ContentAttributes.NONE
                .withHeader(ContentHeader.CONTENT_TYPE, "text/csv")
                .withMetadata("origin", "contract");
        new TargetDriver(target)
                .open("a.csv", attributes, false)
                .write(bytes(PART + 1))
                .prepare()
                .commit();
        assertThat(attributesOf(target, TargetPath.of("a.csv"))).isEqualTo(attributes);
        assertThat(target.attributes(TargetPath.of("a.csv"))).contains(attributes);
    }

    @Test
    void refusesToCompleteACreateOnlyUploadOverAnObject() throws Exception {
        TargetDriver driver = new TargetDriver(newTarget());
        TargetDriver.DrivenWrite first =
                driver.openCreateOnly("a.bin").write(bytes(PART + 1)).prepare();
        driver.put("a.bin", bytes(7));

        assertThatThrownBy(first::commit)
                .isInstanceOf(NotAppliedException.class)
                .hasMessageContaining("CompleteMultipartUpload of s3://contract/")
                .hasMessageContaining("already exists");
        first.abort();
        if (keepsObjectsUnderAbortedUploads()) {
            assertThat(driver.content("a.bin")).isEqualTo(bytes(7));
        }
    }

    @Test
    void recognisesTheTokenOfAWriteInTheMetadata() throws Exception {
        Target target = newTarget();
        new TargetDriver(target).put("a.bin", bytes(7));
        assertThat(server().client()
                        .headObject(head -> head.bucket(S3Server.BUCKET).key(prefix(target) + "a.bin"))
                        .join()
                        .metadata())
                .containsKey(S3WriteCalls.TOKEN);
    }
}
