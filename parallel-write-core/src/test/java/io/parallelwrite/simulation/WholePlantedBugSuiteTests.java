package io.parallelwrite.simulation;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation finds each of the mistakes planted into production code, for the profile {@code simulation}. */
@Tag("simulation")
class WholePlantedBugSuiteTests {

    static List<PlantedBug> bugs() {
        return PlantedBugs.ALL;
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void finds(PlantedBug bug) throws Exception {
        PlantedBugSuiteTests.verifyFound(bug);
    }
}
