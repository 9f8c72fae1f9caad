package io.parallelwrite.outcome;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Who said what, when several were asked the same: those that gave the same answer, together.
 *
 * @param groups the largest first; of equal size, the one with the earlier member first
 */
public record AnswerGroups(List<Group> groups) {

    private static final int SHOWN_NAMES = 8;

    /**
     * Those that gave the same answer.
     *
     * @param names who they are, in the order in which they were asked
     * @param words what each of them said, as the end of a sentence: {@code returned 5}
     */
    public record Group(List<String> names, List<String> words) {

        /** Copies the lists. */
        public Group {
            names = List.copyOf(names);
            words = List.copyOf(words);
        }

        /** Returns the group as a sentence without its end; members that used other words for the same are told apart. */
        String sentence() {
            return words.stream()
                    .distinct()
                    .map(said -> listed(IntStream.range(0, names.size())
                                    .filter(i -> words.get(i).equals(said))
                                    .mapToObj(names::get)
                                    .toList())
                            + " " + said)
                    .collect(Collectors.joining("; "));
        }
    }

    /** Copies the list. */
    public AnswerGroups {
        groups = List.copyOf(groups);
    }

    /**
     * Groups answers.
     *
     * @param <A> what an answer is
     * @param names who was asked
     * @param answers what each said, in the same order
     * @param same whether two answers are the same; the first member stands for its group
     * @param words puts an answer into words: {@code returned 5}
     * @return at least one group, unless nobody was asked
     */
    public static <A extends @Nullable Object> AnswerGroups of(
            List<String> names, List<A> answers, BiPredicate<A, A> same, Function<A, String> words) {
        List<List<Integer>> members = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            A answer = answers.get(i);
            members.stream()
                    .filter(group -> same.test(answers.get(group.get(0)), answer))
                    .findFirst()
                    .orElseGet(() -> {
                        List<Integer> group = new ArrayList<>();
                        members.add(group);
                        return group;
                    })
                    .add(i);
        }
        return new AnswerGroups(members.stream()
                .sorted(Comparator.<List<Integer>>comparingInt(List::size).reversed()) // stable
                .map(group -> new Group(
                        group.stream().map(names::get).toList(),
                        group.stream().map(i -> words.apply(answers.get(i))).toList()))
                .toList());
    }

    /**
     * Returns who disagrees with more than half of all.
     *
     * @return names; empty if all agree or no answer has a majority
     */
    public List<String> minority() {
        return minority(answerCount());
    }

    /**
     * Returns who disagrees with more than half of all, some of whom gave no answer.
     *
     * @param all how many were asked
     * @return names; empty if all agree or no answer has a majority
     */
    public List<String> minority(int all) {
        if (groups.isEmpty() || groups.get(0).names().size() * 2 <= all) {
            return List.of();
        }
        return groups.stream().skip(1).flatMap(group -> group.names().stream()).toList();
    }

    /**
     * Says who said what.
     *
     * @return as in {@code #0 and #2 returned 5; #1 returned 6}
     */
    public String sentence() {
        return groups.stream().map(Group::sentence).collect(Collectors.joining("; "));
    }

    /**
     * Says who said what and, if there is a majority, who is not of it.
     *
     * @return as in {@code #0 and #2 returned 5; #1 returned 6. #1 is in the minority}
     */
    public String sentenceWithMinority() {
        return sentenceWithMinority(answerCount());
    }

    /**
     * Says who said what, as {@link #sentenceWithMinority()}, where some gave no answer.
     *
     * @param all how many were asked
     * @return nothing about those that gave none, but that they count for a majority
     */
    public String sentenceWithMinority(int all) {
        List<String> few = minority(all);
        return few.isEmpty()
                ? sentence()
                : sentence() + ". " + listed(few) + (few.size() == 1 ? " is" : " are") + " in the minority";
    }

    private int answerCount() {
        return groups.stream().mapToInt(group -> group.names().size()).sum();
    }

    private static String listed(List<String> names) {
        int last = names.size() - 1;
        if (last == 0) {
            return names.get(0);
        }
        return names.size() <= SHOWN_NAMES
                ? String.join(", ", names.subList(0, last)) + " and " + names.get(last)
                : String.join(", ", names.subList(0, SHOWN_NAMES - 1)) + " and " + (names.size() - SHOWN_NAMES + 1)
                        + " more";
    }
}
