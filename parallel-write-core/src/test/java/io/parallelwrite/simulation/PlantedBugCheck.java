package io.parallelwrite.simulation;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The part of the simulation that is run against each planted bug: each single fault in a few scenarios, then a sample of
 * crashes and pairs. Ends at the first violation, and returns it.
 */
final class PlantedBugCheck implements Callable<@Nullable String> {

    private static final List<String> SCENARIOS = List.of(
            "overwrite-disk,remote-all",
            "write_twice-disk,remote-all",
            "repair-disk,remote-all",
            "delete-disk,remote,disk-majority",
            "repair_delete-disk,remote-all",
            "write-remote,disk-required",
            "overwrite-remote,remote,disk-all",
            "write-disk,plain-all",
            "read-disk,remote-all");

    private static final int CRASH_STRIDE = 41;
    private static final int CHANGE_STRIDE = 3;
    private static final int PAIR_STRIDE = 211;

    @Override
    public @Nullable String call() throws Exception {
        QuietLogging quiet = new QuietLogging();
        try {
            return Caller.run(PlantedBugCheck::firstViolation);
        } finally {
            quiet.close();
        }
    }

    private static @Nullable String firstViolation() {
        String found = first(1, Enumeration::singles);
        found = found != null ? found : first(CRASH_STRIDE, Enumeration::crashes);
        found = found != null ? found : first(CHANGE_STRIDE, Enumeration::pairsOfChanges);
        return found != null ? found : first(PAIR_STRIDE, Enumeration::pairs);
    }

    private static @Nullable String first(int stride, Campaign.Part part) {
        Enumeration enumeration = new Enumeration(stride, true);
        try {
            for (String scenario : SCENARIOS) {
                part.enumerate(enumeration, new Plan(scenario, 0, List.of()));
                if (enumeration.firstViolation() != null) {
                    break;
                }
            }
            return enumeration.firstViolation();
        } finally {
            enumeration.close();
        }
    }
}
