package dev.scopegate.cli;

import dev.scopegate.config.LoadedConfig;
import dev.scopegate.model.Answer;
import dev.scopegate.model.Decision;
import dev.scopegate.model.Explanation;
import dev.scopegate.model.Explanation.Outcome;
import dev.scopegate.model.Mode;
import dev.scopegate.model.RouteRequirement;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Writes an explanation for people. */
final class ExplanationPrinter {

    private static final List<String> HEADINGS = List.of("check", "expected", "actual", "");

    private final PrintWriter out;
    private final LoadedConfig loaded;

    ExplanationPrinter(PrintWriter out, LoadedConfig loaded) {
        this.out = out;
        this.loaded = loaded;
    }

    void print(GivenRequest request, Explanation explanation) {
        RouteRequirement rule = explanation.decision().requirement();
        List<List<String>> head = new ArrayList<>();
        head.add(List.of("request", request.method() + " " + request.rawPath().replaceAll("[^ -~]", "?")));
        head.add(List.of("rule", rule.route() + place(rule)));
        head.add(List.of("requires", rule.summary()));
        explanation.lessSpecific().forEach(other -> head.add(List.of("else", other.route() + place(other))));
        Columns.of(head).forEach(out::println);
        if (!explanation.checks().isEmpty()) {
            out.println();
            List<List<String>> rows = new ArrayList<>();
            rows.add(HEADINGS);
            explanation
                    .checks()
                    .forEach(check ->
                            rows.add(List.of(check.name(), check.expected(), check.actual(), word(check.outcome()))));
            Columns.of(rows).forEach(out::println);
        }
        out.println();
        printAnswer(explanation);
    }

    private String place(RouteRequirement rule) {
        for (int i = 0; i < loaded.config().routes().size(); i++) {
            if (loaded.config().routes().get(i).route().trim().equals(rule.route())) {
                return "  " + loaded.locations().nearest("routes[" + i + "]");
            }
        }
        return "";
    }

    private void printAnswer(Explanation explanation) {
        boolean shadow = explanation.decision().requirement().mode() == Mode.SHADOW;
        boolean permitted = explanation.decision() instanceof Decision.Permitted;
        if (permitted && explanation.answer().isEmpty()) {
            out.println("The request goes on to the application.");
        } else if (!permitted && shadow) {
            out.println("The request goes on, for the rule is in shadow mode. Without it the client would get:");
        } else {
            out.println("The client gets:");
        }
        explanation.answer().ifPresent(this::print);
    }

    private void print(Answer answer) {
        out.println();
        out.println("HTTP/1.1 " + answer.status());
        answer.headers().forEach(header -> out.println(header.name() + ": " + header.value()));
        out.println("Content-Type: " + answer.contentType());
        out.println();
        out.println(answer.body());
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case PASSED -> "ok";
            case FAILED -> "FAIL";
            case UNDECIDED -> "UNDECIDED";
            case NOT_REACHED -> "not reached";
        };
    }
}
