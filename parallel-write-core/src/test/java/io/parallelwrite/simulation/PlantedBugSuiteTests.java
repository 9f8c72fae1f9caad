package io.parallelwrite.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The simulation finds mistakes planted into production code, and none where there is none. Of the mistakes each third is
 * planted here; {@link WholePlantedBugSuiteTests} plants all.
 */
class PlantedBugSuiteTests {

    private static final int STRIDE = 3;

    static List<PlantedBug> bugs() {
        return java.util.stream.IntStream.range(0, PlantedBugs.ALL.size())
                .filter(i -> i % STRIDE == 0)
                .mapToObj(PlantedBugs.ALL::get)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void finds(PlantedBug bug) throws Exception {
        verifyFound(bug);
    }

    static void verifyFound(PlantedBug bug) throws Exception {
        Object found = bug.findBy(PlantedBugCheck.class);
        System.out.println(bug + ": " + found);
        assertThat(found).as(bug.mistake()).isNotNull();
    }

    @Test
    void findsNothingInTheClassesAsTheyAre() throws Exception {
        assertThat(PlantedBug.findInUnchangedClasses(PlantedBugCheck.class)).isNull();
    }

    @ParameterizedTest
    @MethodSource("all")
    void plantsEachMistake(PlantedBug bug) throws Exception {
        assertThat(bug.changesItsSource()).isTrue();
    }

    static List<PlantedBug> all() {
        return PlantedBugs.ALL;
    }
}
