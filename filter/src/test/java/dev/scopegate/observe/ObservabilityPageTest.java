package dev.scopegate.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.scopegate.model.Access;
import dev.scopegate.model.Decision;
import dev.scopegate.model.IntrospectionCall;
import dev.scopegate.model.KeyFetch;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.RouteRequirement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** That the dashboard, the alerts and their page name meters that there are, and all of them. */
class ObservabilityPageTest {

    private static final Path DOCS = Path.of("../docs");
    private static final Pattern METRIC = Pattern.compile("scopegate_[a-z_]+");

    /** All meters, each registered by whoever counts there. */
    private static SimpleMeterRegistry meters() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        UpkeepObserver upkeep = new UpkeepObserver(meters);
        upkeep.show(List::of, () -> 0, () -> 0);
        upkeep.keysFetched("main", KeyFetch.FETCHED, Duration.ZERO);
        upkeep.introspected("main", IntrospectionCall.ACTIVE, Duration.ZERO);
        upkeep.lastKnownServed("main");
        new IntrospectionGauges(meters).expect(List.of("main"));
        new ReloadObserver(meters, () -> Instant.EPOCH);
        new DecisionObserver(meters, new DecisionEvents(List.of(), Clock.systemUTC()), ObservationRegistry.NOOP)
                .permitted(
                        new Decision.Permitted(RouteRequirement.of("GET /health", Access.PUBLIC), Optional.empty()),
                        Duration.ZERO,
                        new RequestSnapshot("GET", "/health", "/health", List.of()));
        return meters;
    }

    /** What Prometheus calls them. */
    private static Set<String> metrics() {
        return meters().getMeters().stream()
                .flatMap(ObservabilityPageTest::metrics)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> metrics(Meter meter) {
        String name = meter.getId().getName().replaceAll("[.-]", "_");
        if (meter instanceof Timer) {
            return Stream.of("_count", "_sum", "_max").map(part -> name + "_seconds" + part);
        }
        return Stream.of(
                switch (meter.getId().getType()) {
                    case COUNTER -> name + "_total";
                    default ->
                        meter.getId().getBaseUnit() == null
                                ? name
                                : name + '_' + meter.getId().getBaseUnit();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"grafana/scopegate.json", "prometheus/scopegate.rules.yaml"})
    void file_metricsThatItNames_exist(String file) throws IOException {
        List<String> named = named(Files.readString(DOCS.resolve(file)));

        assertThat(named).isNotEmpty().isSubsetOf(metrics());
    }

    @Test
    void dashboard_eachMeter_isShown() throws IOException {
        List<String> shown = named(Files.readString(DOCS.resolve("grafana/scopegate.json")));

        assertThat(meters().getMeters())
                .allSatisfy(meter -> assertThat(metrics(meter)).anyMatch(shown::contains));
    }

    @Test
    void page_eachMeter_isDescribed() throws IOException {
        String page = Files.readString(DOCS.resolve("observability.md"));

        assertThat(meters().getMeters())
                .allSatisfy(
                        meter -> assertThat(page).contains("| `" + meter.getId().getName() + "` |"));
    }

    @Test
    void dashboard_panels_haveEachAQueryAndAPlace() throws Exception {
        Map<String, Object> dashboard = JSONObjectUtils.parse(Files.readString(DOCS.resolve("grafana/scopegate.json")));

        assertThat((List<?>) dashboard.get("panels"))
                .hasSizeGreaterThan(10)
                .allSatisfy(panel -> assertThat(panel.toString()).contains("expr=", "gridPos=", "title="));
    }

    @Test
    void alerts_eachOne_isExplainedOnThePage() throws IOException {
        String page = Files.readString(DOCS.resolve("observability.md"));
        Map<?, ?> rules = (Map<?, ?>) new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(DOCS.resolve("prometheus/scopegate.rules.yaml")));
        List<Object> alerts = new ArrayList<>();
        for (Object group : (List<?>) rules.get("groups")) {
            alerts.addAll((List<?>) ((Map<?, ?>) group).get("rules"));
        }

        assertThat(alerts)
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(page).contains("| `" + ((Map<?, ?>) alert).get("alert") + "` |"));
    }

    private static List<String> named(String text) {
        return METRIC.matcher(text)
                .results()
                .map(found -> found.group())
                .distinct()
                .toList();
    }
}
