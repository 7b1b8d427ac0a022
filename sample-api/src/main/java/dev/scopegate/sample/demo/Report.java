package dev.scopegate.sample.demo;

import java.util.List;

/** What was done and seen, as a table; what was expected stands where it was something else. Immutable. */
record Report(List<Step.Seen> seen) {

    Report {
        seen = List.copyOf(seen);
    }

    /** The table, and how many were as expected. */
    String text() {
        int title = widest(seen.stream().map(Step.Seen::title).toList());
        StringBuilder text = new StringBuilder("\n");
        String row = "%s  %-" + title + "s  %s%n";
        seen.forEach(each -> text.append(row.formatted(
                each.asExpected() ? "ok" : "NO",
                each.title(),
                each.asExpected() ? each.actual() : each.actual() + " (expected: " + each.expected() + ")")));
        long good = seen.stream().filter(Step.Seen::asExpected).count();
        return text.append("\n%d of %d as expected.".formatted(good, seen.size()))
                .toString();
    }

    private static int widest(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(1);
    }
}
