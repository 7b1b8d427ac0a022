package dev.scopegate.bench;

import dev.scopegate.config.RouteConfig;
import dev.scopegate.model.Access;
import dev.scopegate.model.Mode;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.route.RouteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Step 2: which rule names a request. The cost has to grow with the path and not with the number of rules. Each rule set has
 * rules of depth 2 to 5 in equal parts; what is asked for lies in the middle of it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RouteTableBenchmark {

    private static final int LEAST_DEPTH = 2;
    private static final int DEPTHS = 4;

    /** Whether rules differ in literals alone, or most of their segments are variables. */
    public enum Shape {
        /** {@code /area12/a/b/c}. */
        LITERALS,
        /** {@code /area12/{id}/b/{id}}, and a rule for everything below each area. */
        VARIABLES
    }

    /** How many rules the table has. */
    @Param({"10", "1000"})
    public int rules = 10;

    /** What the rules look like. */
    @Param({"LITERALS", "VARIABLES"})
    public Shape shape = Shape.LITERALS;

    private RouteTable table;
    private String shallow;
    private String deep;

    /** Made by JMH. */
    @SuppressWarnings("NullAway.Init")
    public RouteTableBenchmark() {}

    /** Compiles the table, and sees to it that hits are hits and misses are misses. */
    @Setup
    public void compile() {
        List<RouteConfig> routes = new ArrayList<>();
        for (int i = 0; i < rules; i++) {
            boolean everythingBelow = shape == Shape.VARIABLES && i % (DEPTHS * 2) == 0;
            routes.add(RouteConfig.requiring("GET " + (everythingBelow ? area(i) + "/**" : pattern(i)), "read"));
        }
        table = RouteTable.compile(routes, Access.DENY, Mode.ENFORCE, problem -> {
            throw new IllegalStateException(problem.message());
        });
        int middle = rules / 2 / DEPTHS * DEPTHS;
        // The shallowest rule of every eighth is the one for everything below it.
        shallow = path(middle + (shape == Shape.VARIABLES ? 1 : 0));
        deep = path(middle + DEPTHS - 1);
        if (isMiss(hitShallow()) || isMiss(hitDeep()) || !isMiss(missAtOnce()) || !isMiss(missAtTheEnd())) {
            throw new IllegalStateException("the benchmark does not measure what it says");
        }
    }

    private static boolean isMiss(RouteRequirement requirement) {
        return requirement.route().equals(RouteRequirement.NO_RULE);
    }

    private static String area(int rule) {
        return "/area" + rule / DEPTHS;
    }

    private String pattern(int rule) {
        return segments(rule, shape == Shape.VARIABLES ? "{id}" : "item");
    }

    private String path(int rule) {
        return segments(rule, shape == Shape.VARIABLES ? "4711" : "item");
    }

    private static String segments(int rule, String everySecond) {
        StringBuilder path = new StringBuilder(area(rule));
        int depth = LEAST_DEPTH + rule % DEPTHS;
        for (int i = 1; i < depth; i++) {
            path.append('/').append(i % 2 == 1 ? everySecond : "part" + i);
        }
        return path.toString();
    }

    /** A rule of two segments, or three where a variable is among them. */
    @Benchmark
    public RouteRequirement hitShallow() {
        return table.match("GET", shallow);
    }

    /** A rule of five segments. */
    @Benchmark
    public RouteRequirement hitDeep() {
        return table.match("GET", deep);
    }

    /** A path whose first segment no rule names. */
    @Benchmark
    public RouteRequirement missAtOnce() {
        return table.match("GET", "/nowhere/item/part2/item");
    }

    /** A method that the rule of the deepest path does not name. */
    @Benchmark
    public RouteRequirement missAtTheEnd() {
        return table.match("DELETE", deep);
    }
}
