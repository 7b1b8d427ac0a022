package dev.scopegate.cli;

import dev.scopegate.config.ConfigProblem;
import dev.scopegate.config.LoadedConfig;
import dev.scopegate.config.OpenApiOperation;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.route.RouteTable;
import java.util.ArrayList;
import java.util.List;

/** Which rule applies to an operation, by the table that judges requests. */
final class EffectiveRules {

    private final RouteTable table;

    EffectiveRules(LoadedConfig loaded) {
        List<ConfigProblem> problems = new ArrayList<>();
        this.table = RouteTable.compile(
                loaded.config().routes(),
                loaded.config().defaultAccess(),
                loaded.config().mode(),
                problems::add);
        if (!problems.isEmpty()) {
            throw new IllegalStateException("a configuration that was not checked");
        }
    }

    /** A variable in braces stands for itself: no literal of a rule can be spelled so. */
    RouteRequirement of(OpenApiOperation operation) {
        return table.match(operation.method(), operation.path());
    }
}
