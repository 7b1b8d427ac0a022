package dev.scopegate.bench.page;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A table in Markdown. Not thread-safe. */
final class Table {

    private final StringBuilder text = new StringBuilder();

    Table(String... titles) {
        row(titles);
        text.append("|---|").append("--:|".repeat(titles.length - 1)).append('\n');
    }

    Table row(String... cells) {
        text.append("| ").append(String.join(" | ", List.of(cells))).append(" |\n");
        return this;
    }

    /** A number with three digits or so, or a dash where nothing was measured. */
    static String number(Optional<Double> value) {
        return value.map(number ->
                        String.format(Locale.ROOT, number < 10 ? "%.2f" : number < 100 ? "%.1f" : "%,.0f", number))
                .orElse("–");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
