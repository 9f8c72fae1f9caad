package io.parallelwrite.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All that decides a run: the scenario, the order of tasks, and what goes wrong when. As text it is one line.
 *
 * @param scenario the name of the scenario
 * @param seed of the order of tasks; 0 for the order in which they come
 * @param injections what goes wrong
 */
record Plan(String scenario, long seed, List<Injection> injections) {

    /**
     * One thing that goes wrong.
     *
     * @param recovery whether it is while recovering, and not before
     * @param number the number of the operation in that part of the run
     * @param fault what
     * @param lasting whether it goes on at that place, to the end of that part
     */
    record Injection(boolean recovery, int number, Fault fault, boolean lasting) {

        static Injection parse(String text) {
            String[] parts = text.split("=");
            boolean lasting = parts[1].endsWith("!");
            String fault = lasting ? parts[1].substring(0, parts[1].length() - 1) : parts[1];
            return new Injection(
                    text.charAt(0) == 'r', Integer.parseInt(parts[0].substring(1)), Fault.valueOf(fault), lasting);
        }

        @Override
        public String toString() {
            return (recovery ? "r" : "w") + number + "=" + fault + (lasting ? "!" : "");
        }
    }

    Plan {
        injections = List.copyOf(injections);
    }

    static Plan parse(String line) {
        String[] words = line.strip().split(" ");
        String[] name = words[0].split("#");
        return new Plan(
                name[0],
                Long.parseLong(name[1]),
                Arrays.stream(words).skip(1).map(Injection::parse).toList());
    }

    Plan with(Injection next) {
        List<Injection> more = new ArrayList<>(injections);
        more.add(next);
        return new Plan(scenario, seed, more);
    }

    boolean has(Fault fault) {
        return injections.stream().anyMatch(injection -> injection.fault() == fault);
    }

    boolean crashes() {
        return injections.stream()
                .anyMatch(
                        injection -> !injection.recovery() && injection.fault().isCrash());
    }

    boolean needsThreads() {
        return injections.stream()
                .anyMatch(injection ->
                        injection.fault().isHang() || !injection.fault().canBeInRecovery());
    }

    @Override
    public String toString() {
        return scenario + "#" + seed
                + injections.stream().map(injection -> " " + injection).collect(Collectors.joining());
    }
}
