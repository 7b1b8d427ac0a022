package dev.scopegate.observe;

import dev.scopegate.model.IntrospectionState;
import dev.scopegate.model.IntrospectionState.Endpoint;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Shows how it stands with asking each issuer about tokens: {@code scopegate.introspection.concurrent} (tag {@code issuer}), how many calls
 * are under way, and {@code scopegate.introspection.endpoint} (tags {@code issuer}, {@code state}), which is 1 for the state that the
 * endpoint is in and 0 for the others. Not a number where the issuer is not asked any more.
 *
 * <p>Safe for concurrent use.
 */
public final class IntrospectionGauges implements AutoCloseable {

    private static final String CONCURRENT = "scopegate.introspection.concurrent";
    private static final String ENDPOINT = "scopegate.introspection.endpoint";
    private static final String ISSUER = "issuer";
    private static final String STATE = "state";

    private final MeterRegistry meters;
    private final Map<String, Optional<Meter>> gauges = new ConcurrentHashMap<>();
    private volatile Supplier<List<IntrospectionState>> states = List::of;

    /** Gauges in {@code meters}. Of several servers that share a registry, the first one is shown. */
    public IntrospectionGauges(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Reads {@code now} from now on. */
    public void show(Supplier<List<IntrospectionState>> now) {
        states = now;
    }

    /** Shows these issuers. Registers nothing twice. */
    public void expect(List<String> issuerNames) {
        for (String issuer : issuerNames) {
            register(
                    CONCURRENT,
                    Tags.of(ISSUER, issuer),
                    () -> read(issuer, IntrospectionState::underWay),
                    "Questions to issuers about tokens that are under way");
            for (Endpoint state : Endpoint.values()) {
                register(
                        ENDPOINT,
                        Tags.of(ISSUER, issuer, STATE, state.name().toLowerCase(Locale.ROOT)),
                        () -> read(issuer, now -> now.endpoint() == state ? 1 : 0),
                        "1 for the state that the introspection endpoint is in, 0 for the others");
            }
        }
    }

    private void register(String name, Tags tags, Supplier<Number> reading, String description) {
        gauges.computeIfAbsent(
                name + tags,
                fresh -> meters.find(name).tags(tags).gauge() == null
                        ? Optional.of(Gauge.builder(name, reading)
                                .description(description)
                                .tags(tags)
                                .strongReference(true)
                                .register(meters))
                        : Optional.empty());
    }

    private double read(String issuer, ToDoubleFunction<IntrospectionState> value) {
        return states.get().stream()
                .filter(state -> state.issuerName().equals(issuer))
                .mapToDouble(value)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** The server is closed, and no longer shown. */
    @Override
    public void close() {
        gauges.values().forEach(gauge -> gauge.ifPresent(meters::remove));
    }
}
