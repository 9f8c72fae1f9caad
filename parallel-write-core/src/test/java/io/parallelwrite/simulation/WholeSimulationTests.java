package io.parallelwrite.simulation;

import static io.parallelwrite.simulation.SimulationTests.verify;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * All that {@link SimulationTests} takes samples of, for the profile {@code simulation}.
 *
 * <p>That is hours on two processors: {@code -Dsimulation.stride=20} takes each twentieth of what has two faults.
 */
@Tag("simulation")
class WholeSimulationTests {

    private static final int SEEDS = 20;
    private static final int STRIDE = Integer.getInteger("simulation.stride", 1);

    @Test
    void oneFaultInManyOrders() throws Exception {
        verify(Campaign.run("one fault, " + SEEDS + " orders of tasks", Scenario.ALL, SEEDS, 1, Enumeration::singles));
    }

    @Test
    void allPairs() throws Exception {
        verify(Campaign.run("two faults", Scenario.ALL, 1, STRIDE, Enumeration::pairs));
    }

    @Test
    void eachCrashAndEachFaultInTheRecovery() throws Exception {
        verify(Campaign.run("crash, and a fault in the recovery", Scenario.ALL, 1, STRIDE, Enumeration::crashes));
    }

    @Test
    void eachFaultAndEachFaultInTheRecovery() throws Exception {
        verify(Campaign.run(
                "one fault, and one in the recovery", Scenario.ALL, 1, 10 * STRIDE, Enumeration::recoveries));
    }
}
