package io.parallelwrite.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One handle or many, one worker or many: the same calls have the same results. */
class ParallelCallMatrixTests {

    private static final long SEED = 20261124;

    static Stream<Arguments> shapes() {
        return Stream.of(1, 2, 5, 128)
                .flatMap(handles -> Stream.of(1, 2, handles).distinct().map(workers -> Arguments.of(handles, workers)));
    }

    private static HandleSettings workers(int workers) {
        return HandleSettings.defaults().withMaxWorkers(workers);
    }

    @ParameterizedTest(name = "{0} handles, {1} workers")
    @MethodSource("shapes")
    void writesAndReadsBytes(int handles, int workers) throws IOException {
        List<MemoryChannel> channels =
                Stream.generate(MemoryChannel::new).limit(handles).toList();
        byte[] content = new byte[3000];
        new Random(SEED).nextBytes(content);
        try (SeekableByteChannel all = ParallelCalls.proxy(SeekableByteChannel.class, channels, workers(workers))) {
            assertThat(all.write(ByteBuffer.wrap(content))).isEqualTo(3000);
            assertThat(all.position(1000)).isSameAs(all);
            ByteBuffer read = ByteBuffer.allocate(500);
            assertThat(all.read(read)).isEqualTo(500);
            assertThat(read.flip()).isEqualTo(ByteBuffer.wrap(content, 1000, 500));
            assertThat(all.position()).isEqualTo(1500);
            assertThat(all.truncate(10).size()).isEqualTo(10);
        }
        assertThat(channels).noneMatch(SeekableByteChannel::isOpen);
        assertThat(channels)
                .allSatisfy(channel ->
                        assertThat(channel.content()).startsWith(content[0]).hasSize(10));
    }

    @ParameterizedTest(name = "{0} handles, {1} workers")
    @MethodSource("shapes")
    void writesText(int handles, int workers) throws IOException {
        List<StringBuilder> texts =
                Stream.generate(StringBuilder::new).limit(handles).toList();
        Appendable all = ParallelCalls.proxy(Appendable.class, texts, workers(workers));
        assertThat(all.append("grün").append(' ').append("und blau", 4, 8)).isSameAs(all);
        assertThat(texts).allSatisfy(text -> assertThat(text).hasToString("grün blau"));
    }

    @ParameterizedTest(name = "{0} handles, {1} workers")
    @MethodSource("shapes")
    void namesTheOneThatDiffers(int handles, int workers) {
        int odd = new Random(SEED).nextInt(handles);
        List<Supplier<Object>> suppliers = new ArrayList<>();
        IntStream.range(0, handles).forEach(i -> suppliers.add(() -> i == odd ? "odd" : "even"));
        Supplier<?> all = ParallelCalls.proxy(Supplier.class, suppliers, workers(workers));
        if (handles == 1) {
            assertThat(all.get()).isEqualTo("odd");
        } else {
            assertThatThrownBy(all::get)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("#" + odd + " returned \"odd\"");
        }
    }

    /** Each call waits until as many are under way: with fewer at once it would never end. */
    @ParameterizedTest(name = "{0} handles, {1} workers")
    @MethodSource("shapes")
    void callsAsManyAtOnceAsThereAreWorkers(int handles, int workers) throws Exception {
        CountDownLatch underWay = new CountDownLatch(Math.min(handles, workers));
        List<Callable<Object>> waiting = new ArrayList<>();
        IntStream.range(0, handles)
                .forEach(i -> waiting.add(() -> {
                    underWay.countDown();
                    underWay.await();
                    return true;
                }));
        assertThat(ParallelCalls.proxy(Callable.class, waiting, workers(workers))
                        .call())
                .isEqualTo(true);
    }

    @ParameterizedTest(name = "{0} handles, {1} workers")
    @MethodSource("shapes")
    void readsLinesOfAll(int handles, int workers) {
        String text = "eins\nzwei\ndrei";
        List<ParallelCallStreamTests.Holder> holders = new ArrayList<>();
        IntStream.range(0, handles)
                .forEach(i -> holders.add(
                        () -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).lines()));
        ParallelCallStreamTests.Holder all =
                ParallelCalls.proxy(ParallelCallStreamTests.Holder.class, holders, workers(workers));
        assertThat(all.lines()).containsExactly("eins", "zwei", "drei");
    }
}
