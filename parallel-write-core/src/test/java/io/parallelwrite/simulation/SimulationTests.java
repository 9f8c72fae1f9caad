package io.parallelwrite.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The production engine keeps its promises whatever goes wrong at any one moment, and in a sample of what goes wrong at two.
 * {@link WholeSimulationTests} goes through all.
 *
 * <p>A violation is printed as a plan, one line. To see what happens in it, give that line to {@link Replay#run}.
 */
class SimulationTests {

    @Test
    void keepsItsPromisesUnderEachSingleFault() throws Exception {
        verify(Campaign.run("one fault", Scenario.ALL, 1, 1, Enumeration::singles));
    }

    @Test
    void keepsItsPromisesUnderPairsOfFaults() throws Exception {
        verify(Campaign.run("two faults, a sample", Scenario.ALL, 1, 401, Enumeration::pairs));
    }

    @Test
    void recoversFromEachCrashWhateverGoesWrongInTheRecovery() throws Exception {
        verify(Campaign.run(
                "crash, and a fault in the recovery, a sample", Scenario.ALL, 1, 101, Enumeration::crashes));
    }

    static void verify(Campaign.Result result) {
        System.out.println(result);
        assertThat(result.violations()).as(result.toString()).isEmpty();
        assertThat(result.runs()).isPositive();
    }
}
