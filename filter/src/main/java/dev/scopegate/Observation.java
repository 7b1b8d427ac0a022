package dev.scopegate;

import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.model.DecisionListener;
import dev.scopegate.model.IntrospectionState;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.observe.DecisionEvents;
import dev.scopegate.observe.DecisionObserver;
import dev.scopegate.observe.IntrospectionGauges;
import dev.scopegate.route.RouteTable;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What is seen of the decisions of one server, as its configuration says. Safe for concurrent use. */
final class Observation implements AutoCloseable {

    private final DecisionEvents events;
    private final DecisionObserver decisions;
    private final IntrospectionGauges gauges;

    Observation(
            MeterRegistry meters,
            ObservationRegistry observations,
            List<DecisionListener> listeners,
            InstantSource clock) {
        events = new DecisionEvents(listeners, clock);
        decisions = new DecisionObserver(meters, events, observations);
        gauges = new IntrospectionGauges(meters);
    }

    DecisionObserver decisions() {
        return decisions;
    }

    /** Takes a configuration over that was found sound: what will be counted is there before it happens. */
    void expect(ScopegateConfig config) {
        List<RouteRequirement> rules = new ArrayList<>();
        config.routes().forEach(route -> rules.add(RouteTable.requirement(route, config.mode())));
        rules.add(RouteRequirement.of(RouteRequirement.NO_RULE, config.defaultAccess(), config.mode()));
        decisions.expect(rules, config.issuerNames(), outages(config));
        gauges.expect(config.issuerNamesWhere(issuer -> issuer.introspection().isConfigured()));
        events.audit(config.audit());
    }

    private static Set<RefusalReason> outages(ScopegateConfig config) {
        Set<RefusalReason> outages = EnumSet.noneOf(RefusalReason.class);
        for (IssuerConfig issuer : config.issuers()) {
            if (issuer.sharedSecretFile().isEmpty()) {
                outages.add(RefusalReason.KEYS_UNAVAILABLE);
            }
            if (issuer.introspection().isConfigured()) {
                outages.add(RefusalReason.INTROSPECTION_UNAVAILABLE);
            }
        }
        return outages;
    }

    /** Shows from now on how it stands with asking issuers. */
    void show(Supplier<List<IntrospectionState>> introspections) {
        gauges.show(introspections);
    }

    @Override
    public void close() {
        gauges.close();
        events.close();
    }
}
