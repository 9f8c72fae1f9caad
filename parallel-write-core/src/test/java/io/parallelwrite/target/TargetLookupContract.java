package io.parallelwrite.target;

import static io.parallelwrite.target.TargetDriver.bytes;
import static io.parallelwrite.target.TargetDriver.digestOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileNotFoundException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The part of {@link TargetContract} about finding what was written: paths, stat, read, delete, attributes. */
public abstract class TargetLookupContract extends TargetListingContract {

    /** Names that a careless target would take for one another, or change on the way. */
    static final List<String> LOOK_ALIKES = List.of(
            "a",
            "a b",
            "a%20b",
            "a+b",
            "a%2Fb",
            "%2e%2e/a",
            "...a",
            "..a/b",
            "-rf",
            "~root",
            "$HOME",
            "${user.home}",
            "a;b",
            "a&b=c",
            "a#b",
            "a'b",
            "a`b`",
            "a@b,c",
            "[a](b){c}",
            "ä/ö/ü.txt",
            "日本/語",
            "😀.txt",
            ".hidden",
            "deep/1/2/3/4/5/6/7/8/9/a.txt",
            "x".repeat(200) + "/" + "y".repeat(200),
            "%s%n",
            "null",
            " a",
            "a!",
            "a^b=");

    private static final byte[] OLD = bytes(12_345);
    private static final byte[] NEW = bytes(23_456);

    @Test
    void keepsApartPathsThatLookAlike() throws Exception {
        for (String path : LOOK_ALIKES) {
            driver.put(path, path.getBytes(StandardCharsets.UTF_8));
        }
        for (String path : LOOK_ALIKES) {
            assertThat(driver.content(path))
                    .as(path)
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(path);
            assertThat(target.stat(TargetPath.of(path))).as(path).isPresent();
        }
    }

    @Test
    void describesWhatItHolds() throws Exception {
        driver.put("a/b.bin", NEW);
        StoredObject stored = target.stat(TargetPath.of("a/b.bin")).orElseThrow();
        assertThat(stored.size()).isEqualTo(NEW.length);
        if (stored.checksum() != null && stored.checksum().algorithm() == ChecksumAlgorithm.CRC32C) {
            assertThat(stored.checksum()).isEqualTo(digestOf(NEW).checksum());
        }
    }

    @Test
    void saysThatWhatIsMissingIsMissing() throws Exception {
        assertThat(target.stat(TargetPath.of("missing"))).isEmpty();
        assertThat(target.stat(TargetPath.of("missing/in/depth"))).isEmpty();
        assertThatThrownBy(() -> driver.content("missing")).isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> driver.content("missing/in/depth")).isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void readsTheBytesAsTheyWereWhenTheReadWasOpened() throws Exception {
        assumeTrue(readsAsOfOpen(), "reads are not isolated");
        driver.put("a.bin", OLD);
        try (InputStream in = target.read(TargetPath.of("a.bin"))) {
            byte[] head = in.readNBytes(10);
            driver.put("a.bin", NEW);
            assertThat(head).isEqualTo(Arrays.copyOf(OLD, 10));
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(OLD, 10, OLD.length));
        }
    }

    @Test
    void deletesWhatExistsAndAcceptsWhatDoesNot() throws Exception {
        assumeTrue(deleteSupported(), "cannot delete");
        driver.delete("never/there.bin");
        driver.put("a/b.bin", OLD);
        driver.put("a/c.bin", NEW);
        driver.delete("a/b.bin");
        driver.delete("a/b.bin");
        assertThat(driver.shows("a/b.bin")).isFalse();
        assertThat(driver.content("a/c.bin")).isEqualTo(NEW);

        driver.put("a/b.bin", NEW);
        assertThat(driver.content("a/b.bin")).isEqualTo(NEW);
    }

    @Test
    void keepsAttributesBesideTheBytes() throws Exception {
        assumeTrue(keepsAttributes(), "keeps no attributes");
        ContentAttributes attributes = ContentAttributes.NONE
                .withHeader(ContentHeader.CONTENT_TYPE, "text/csv")
                .withHeader(ContentHeader.CACHE_CONTROL, "max-age=60")
                .withMetadata("origin", "contract");
        driver.open("a.csv", attributes, false).write(NEW).prepare().commit();
        assertThat(attributesOf(target, TargetPath.of("a.csv"))).isEqualTo(attributes);
        assertThat(target.attributes(TargetPath.of("a.csv"))).contains(attributes);
        assertThat(target.attributes(TargetPath.of("b.csv"))).isEmpty();
    }
}
