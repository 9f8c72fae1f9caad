package io.parallelwrite.boot.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.target.FileTarget;
import io.parallelwrite.target.FileTargetSettings;
import io.parallelwrite.target.MemoryTargetFactory;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetDefinition;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaceNamesTests {

    private final PlaceNames places = new PlaceNames(List.of(
            new FileTarget("local", Path.of("/nowhere/data"), FileTargetSettings.defaults()),
            new MemoryTargetFactory().create(TargetDefinition.of("m", "memory:")),
            at("s3", "s3://bucket-7/prefix/")));

    @Test
    void putsTheNameOfTheTargetInPlaceOfItsDirectory() {
        assertThat(places.hide("Cannot stage a write in '/nowhere/data/reports': No space left on device"))
                .isEqualTo("Cannot stage a write in '[local]/reports': No space left on device");
    }

    @Test
    void putsTheNameOfTheTargetInPlaceOfItsBucketAlsoInANameOfAHost() {
        assertThat(places.hide("PutObject of s3://bucket-7/prefix/a.csv: bucket-7.s3.example.org: unknown host"))
                .isEqualTo("PutObject of [s3]/a.csv: [s3].s3.example.org: unknown host");
    }

    @Test
    void leavesOutUsersAndQueriesOfUrlsAndOtherDirectories() {
        assertThat(places.hide("https://user:secret@host/a?X-Amz-Signature=abc failed, see '/etc/passwd'"))
                .isEqualTo("https://host/a failed, see '[…]'");
    }

    @Test
    void showsWhatHasNoMessageByItsKind() {
        assertThat(places.hide(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
        assertThat(places.hide((Throwable) null)).isNull();
    }

    /** Returns a target that tells where it is, and nothing else. */
    private static Target at(String name, String place) {
        return (Target) Proxy.newProxyInstance(
                Target.class.getClassLoader(),
                new Class<?>[] {Target.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "name" -> name;
                    case "place" -> place;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
