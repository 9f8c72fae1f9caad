package io.parallelwrite;

import static io.parallelwrite.TwoTargets.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.divergence.Divergence;
import io.parallelwrite.repair.ScrubListener;
import io.parallelwrite.target.MemoryTarget;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a writer tells of divergences that scrubs find: each once, until it has ended. */
class ScrubbedDivergenceTests {

    private final MemoryTarget local = new MemoryTarget("local");
    private final MemoryTarget s3 = new MemoryTarget("s3");
    private final List<Divergence> told = new CopyOnWriteArrayList<>();
    private ParallelResourceWriter writer;

    @BeforeEach
    void diverge() throws IOException {
        writer = ParallelResourceWriter.builder()
                .target(local)
                .target(s3)
                .divergenceListener(told::add)
                .build();
        writer.write("a", bytes("content"));
        lose();
        scrub();
        assertThat(told).hasSize(1);
    }

    @AfterEach
    void close() throws IOException {
        writer.close();
    }

    private void lose() {
        s3.delete(TargetPath.of("a"));
    }

    private void scrub() {
        writer.scrubber().scrub("", ScrubListener.NONE).run();
    }

    @Test
    void isToldOnce() {
        scrub();
        assertThat(told).hasSize(1);
    }

    @Test
    void isToldAgainIfThePathWasWrittenSince() throws IOException {
        writer.write("a", bytes("content"));
        lose();
        scrub();
        assertThat(told).hasSize(2);
    }

    @Test
    void isToldAgainIfAScrubFoundThePathEqualSince() throws IOException {
        try (ParallelResourceWriter outside =
                ParallelResourceWriter.builder().target(s3).build()) {
            outside.write("a", bytes("content"));
            scrub();
        }
        lose();
        scrub();
        assertThat(told).hasSize(2);
    }
}
