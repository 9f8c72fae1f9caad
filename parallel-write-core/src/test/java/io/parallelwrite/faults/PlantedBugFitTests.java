package io.parallelwrite.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.simulation.PlantedBug;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The mistakes that only the longer runs plant fit the classes as they are now. */
class PlantedBugFitTests {

    @ParameterizedTest
    @MethodSource({
        "io.parallelwrite.faults.KernelPlantedBugs#all",
        "io.parallelwrite.s3.HttpPlantedBugTests#small",
        "io.parallelwrite.s3.HttpPlantedBugTests#large"
    })
    void plantsEachMistake(PlantedBug bug) throws Exception {
        assertThat(bug.changesItsSource()).isTrue();
    }
}
