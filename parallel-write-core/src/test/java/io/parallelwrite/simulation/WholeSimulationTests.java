package io.parallelwrite.simulation;

import static io.parallelwrite.simulation.SimulationTests.verify;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All that {@link SimulationTests} takes samples of, for the profile {@code simulation}: minutes. */
@Tag("simulation")
class WholeSimulationTests {

    private static final int SEEDS = 20;

    @Test
    void oneFaultInManyOrders() throws Exception {
        verify(Campaign.run("one fault, " + SEEDS + " orders of tasks", Scenario.ALL, SEEDS, 1, Enumeration::singles));
    }

    @Test
    void allPairs() throws Exception {
        verify(Campaign.run("two faults", Scenario.ALL, 1, 1, Enumeration::pairs));
    }

    @Test
    void eachCrashAndEachFaultInTheRecovery() throws Exception {
        verify(Campaign.run("crash, and a fault in the recovery", Scenario.ALL, 1, 1, Enumeration::crashes));
    }

    @Test
    void eachFaultAndEachFaultInTheRecovery() throws Exception {
        verify(Campaign.run(
                "one fault, and one in the recovery, a tenth", Scenario.ALL, 1, 10, Enumeration::recoveries));
    }
}
