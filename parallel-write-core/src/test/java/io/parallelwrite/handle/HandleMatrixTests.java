package io.parallelwrite.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must be true of every view, for any number of handles and workers, of bytes and of text. */
@Timeout(60)
class HandleMatrixTests {

    /** One field of the matrix. */
    record Shape(DrivenView view, int handles, int workers, int step) {

        HandleSettings settings() {
            return HandleSettings.defaults().withMaxWorkers(workers);
        }
    }

    private final HandleThreads threads = new HandleThreads();

    static Stream<Shape> shapes() {
        return Stream.of(DrivenView.values())
                .flatMap(view -> Stream.of(1, 2, 5, 128)
                        .flatMap(handles -> workers(handles).stream()
                                .flatMap(workers ->
                                        Stream.of(1, 7, 8192).map(step -> new Shape(view, handles, workers, step)))));
    }

    private static Set<Integer> workers(int handles) {
        return new TreeSet<>(List.of(1, 2, handles));
    }

    static Stream<Shape> shapesOfSeveral() {
        return shapes().filter(shape -> shape.handles() > 1);
    }

    @AfterEach
    void leavesNoWorkerBehind() {
        threads.awaitEnd();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void writesTheSameToAllAndClosesThem(Shape shape) throws IOException {
        byte[] content = content(shape);
        List<ScriptedOutput> places = places(shape);
        shape.view().write(places, shape.settings(), content, shape.step());
        assertThat(places).allSatisfy(place -> {
            assertThat(place.bytes()).isEqualTo(content);
            assertThat(place.closeCount).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void readsWhatAllHave(Shape shape) throws IOException {
        byte[] content = content(shape);
        assertThat(shape.view().read(copies(shape, content), shape.settings(), shape.step()))
                .isEqualTo(content);
    }

    @ParameterizedTest
    @MethodSource("shapesOfSeveral")
    void failsWhereOneDiffers(Shape shape) {
        byte[] content = content(shape);
        List<byte[]> copies = copies(shape, content);
        int odd = shape.handles() - 1;
        copies.set(odd, shape.view().changed(content));
        assertThatExceptionOfType(HandlesDivergedException.class)
                .isThrownBy(() -> shape.view().read(copies, shape.settings(), shape.step()))
                .satisfies(ex -> assertThat(ex.answers()).hasSize(shape.handles()))
                .withMessageContaining(shape.handles() == 2 ? "#0 r" : "#" + odd + " is in the minority");
    }

    @ParameterizedTest
    @MethodSource("shapesOfSeveral")
    void failsWhereOneEndsBeforeTheOthers(Shape shape) {
        byte[] content = content(shape);
        List<byte[]> copies = copies(shape, content);
        copies.set(0, shape.view().cut(content));
        assertThatExceptionOfType(HandlesDivergedException.class)
                .isThrownBy(() -> shape.view().read(copies, shape.settings(), shape.step()))
                .withMessageContaining(shape.handles() == 2 ? "#0 " : "#0 is in the minority");
    }

    @ParameterizedTest
    @MethodSource("shapesOfSeveral")
    void saysWhoFailedWhileTheOthersWrote(Shape shape) {
        List<ScriptedOutput> places = places(shape);
        ScriptedOutput failing = places.get(1).failAfter(0);
        assertThatExceptionOfType(HandlesDivergedException.class)
                .isThrownBy(() -> shape.view().write(places, shape.settings(), content(shape), shape.step()))
                .withMessageContaining("#1 threw java.io.IOException: scripted")
                .withCause(failing.failure);
        assertThat(places).extracting(place -> place.closeCount).containsOnly(1);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void throwsWhatAllThrew(Shape shape) {
        List<ScriptedOutput> places = places(shape);
        places.forEach(place -> place.failAfter(0));
        assertThatIOException()
                .isThrownBy(() -> shape.view().write(places, shape.settings(), content(shape), shape.step()))
                .isSameAs(places.get(0).failure)
                .satisfies(ex -> assertThat(ex.getSuppressed())
                        .startsWith(places.stream()
                                .skip(1)
                                .map(place -> place.failure)
                                .toArray(Throwable[]::new)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void closesAllAndReportsEveryFailureToClose(Shape shape) {
        List<ScriptedOutput> places = places(shape);
        places.forEach(place -> place.closeFailure = new IOException("not closed"));
        assertThatIOException()
                .isThrownBy(() -> shape.view().write(places, shape.settings(), content(shape), shape.step()))
                .withMessageStartingWith(
                        shape.handles() + " of " + shape.handles() + " handles could not be closed: #0")
                .withCause(places.get(0).closeFailure)
                .satisfies(ex -> assertThat(ex.getSuppressed()).hasSize(shape.handles() - 1));
        assertThat(places).extracting(place -> place.closeCount).containsOnly(1);
    }

    private static byte[] content(Shape shape) {
        return shape.view().content(new Random(42), Math.min(200 * shape.step(), 200_000 / shape.handles() + 500));
    }

    private static List<ScriptedOutput> places(Shape shape) {
        return Stream.generate(ScriptedOutput::new).limit(shape.handles()).toList();
    }

    private static List<byte[]> copies(Shape shape, byte[] content) {
        return new ArrayList<>(Collections.nCopies(shape.handles(), content));
    }
}
