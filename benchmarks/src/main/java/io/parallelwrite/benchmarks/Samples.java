package io.parallelwrite.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Numbers measured one after the other, written as their median, least and greatest. Not thread-safe. */
final class Samples {

    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    double last() {
        return values.get(values.size() - 1);
    }

    double median() {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Returns the median, then the least and the greatest in brackets; empty if nothing could be measured. */
    @Override
    public String toString() {
        return values.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT, "%.2f (%.2f–%.2f)", median(), Collections.min(values), Collections.max(values));
    }
}
