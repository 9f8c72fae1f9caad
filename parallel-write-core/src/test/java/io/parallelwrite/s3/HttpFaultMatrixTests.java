package io.parallelwrite.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.s3.HttpFaultRun.Verdict;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every request to S3, spoiled in every way: what the caller is told is true, and recovery makes the copies equal. */
class HttpFaultMatrixTests {

    private static final int STEP = 71;

    /** A part of the matrix that is always the same, and which has nearly every action in it. */
    static List<HttpFault> sample() {
        List<HttpFault> all = HttpFault.all();
        return IntStream.range(0, all.size())
                .filter(i -> i % STEP == 0)
                .mapToObj(all::get)
                .toList();
    }

    @Test
    void tellsTheTruthAboutASampleOfFaults() throws Exception {
        assertHold(sample());
    }

    @Test
    @Tag("faults")
    void tellsTheTruthWhateverHappensToAnyRequest() throws Exception {
        List<HttpFault> all = HttpFault.all();
        assertThat(all).hasSizeGreaterThan(650);
        assertHold(all);
    }

    private static void assertHold(List<HttpFault> faults) throws Exception {
        List<Verdict> verdicts = HttpFaultMatrix.run(faults);
        System.out.println("Requests spoiled: " + verdicts.size());
        assertThat(HttpFaultMatrix.violations(verdicts)).isEmpty();
    }
}
