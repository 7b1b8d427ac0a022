package dev.scopegate.container.differential;

import dev.scopegate.container.differential.RequestLine.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The whole table, and how its rows are written. */
final class RequestLines {

    private RequestLines() {}

    /** All rows. */
    static List<RequestLine> all() {
        return Stream.of(PlainSpellings.all(), HostileSpellings.all(), Encodings.all(), TargetForms.all())
                .flatMap(rows -> rows)
                .toList();
    }

    /** Paths below the context path, in a {@code GET}, that reach {@code servlet} with the token of their rule. */
    static Stream<RequestLine> reach(String group, String servlet, String... paths) {
        return gets(group, Outcome.REACHES, servlet, paths);
    }

    /** Paths below the context path, in a {@code GET}, that reach {@code servlet} without a token. */
    static Stream<RequestLine> open(String group, String servlet, String... paths) {
        return gets(group, Outcome.OPEN, servlet, paths);
    }

    /** Paths below the context path, in a {@code GET}, that reach nothing. */
    static Stream<RequestLine> refused(String group, String... paths) {
        return gets(group, Outcome.REFUSED, "", paths);
    }

    /** Paths below the context path, in a {@code GET}, that reach at most what their token is for. */
    static Stream<RequestLine> judged(String group, String... paths) {
        return gets(group, Outcome.JUDGED, "", paths);
    }

    /** Whole request lines. */
    static Stream<RequestLine> lines(String group, Outcome outcome, String... templates) {
        return Arrays.stream(templates).map(template -> new RequestLine(group, template, outcome, ""));
    }

    private static Stream<RequestLine> gets(String group, Outcome outcome, String servlet, String... paths) {
        return Arrays.stream(paths)
                .map(path -> new RequestLine(group, "GET {ctx}" + path + " HTTP/1.1", outcome, servlet));
    }
}
