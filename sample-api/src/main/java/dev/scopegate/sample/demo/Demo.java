package dev.scopegate.sample.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Takes the whole tour of a running sample, and prints what was done and seen. */
public final class Demo {

    private static final int BAR_WIDTH = 79;

    private final PrintStream out;
    private final boolean terminal;

    /**
     * One that prints there.
     *
     * @param terminal whether a line can be written over, as a progress bar does
     */
    public Demo(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * Takes the tour.
     *
     * @param api the address of the sample's API
     * @return whether every answer was as expected
     */
    public boolean run(URI api) {
        try {
            List<Step> steps = Tour.of(api);
            List<Step.Seen> seen = terminal ? withBar(steps) : withLines(steps);
            out.println(new Report(seen).text());
            return !seen.isEmpty() && seen.stream().allMatch(Step.Seen::asExpected);
        } catch (IOException e) {
            out.println("The sample does not answer.");
            return false;
        }
    }

    private List<Step.Seen> withBar(List<Step> steps) {
        List<Step.Seen> seen = new ArrayList<>();
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("The tour")
                .setInitialMax(steps.size())
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(out, BAR_WIDTH))
                .build()) {
            for (Step step : steps) {
                bar.setExtraMessage(step.title());
                seen.add(step.take());
                bar.step();
            }
            bar.setExtraMessage("");
        }
        return seen;
    }

    private List<Step.Seen> withLines(List<Step> steps) {
        List<Step.Seen> seen = new ArrayList<>();
        for (Step step : steps) {
            Step.Seen taken = step.take();
            seen.add(taken);
            out.println(seen.size() + " of " + steps.size() + ": " + taken.title() + ": " + taken.actual());
        }
        return seen;
    }
}
