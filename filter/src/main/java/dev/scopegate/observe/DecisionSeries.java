package dev.scopegate.observe;

import dev.scopegate.model.Access;
import dev.scopegate.model.DecisionEvent.Outcome;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RouteRequirement;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The time series of the meter {@code scopegate.requests}. Each is four words, each word of a closed set; but rules and reasons multiply,
 * and whoever sends requests chooses which of them there are. So there is a limit, beyond which rules share series under the route
 * {@value #OTHER}.
 *
 * <p>Safe for concurrent use.
 */
final class DecisionSeries {

    static final String NONE = "none";

    /** The route of what has no series of its own any more. */
    static final String OTHER = "other";

    private static final Set<RefusalReason> OUTAGES =
            EnumSet.of(RefusalReason.KEYS_UNAVAILABLE, RefusalReason.INTROSPECTION_UNAVAILABLE);

    private final MeterRegistry meters;
    private final int limit;
    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

    /**
     * Series in {@code meters}.
     *
     * @param limit how many there are, besides those of the route {@value #OTHER}
     */
    DecisionSeries(MeterRegistry meters, int limit) {
        this.meters = meters;
        this.limit = limit;
    }

    /** The timer of these words. Finding it anew would cost more than a decision. */
    Timer timer(String outcome, String reason, String issuer, String route) {
        Timer timer = timers.get(new Series(outcome, reason, issuer, route));
        return timer == null ? fresh(outcome, reason, issuer, route) : timer;
    }

    private Timer fresh(String outcome, String reason, String issuer, String route) {
        Series wanted = new Series(outcome, reason, issuer, timers.size() < limit ? route : OTHER);
        return timers.computeIfAbsent(wanted, series -> series.register(meters));
    }

    /**
     * Registers what an alarm or a dashboard looks for before it happens, so that it finds a zero: what each rule accepts of each
     * issuer, that it cannot decide, and each reason of refusals, once and not for each rule. Half of the limit at most.
     *
     * @param rules what applies to requests
     * @param issuers the names of all issuers
     * @param outages the reasons for which a request may not be decided
     */
    void expect(Collection<RouteRequirement> rules, List<String> issuers, Collection<RefusalReason> outages) {
        for (RefusalReason reason : EnumSet.complementOf(EnumSet.copyOf(OUTAGES))) {
            expect(Outcome.REFUSED, reason.code(), NONE, RouteRequirement.NO_RULE);
        }
        for (RouteRequirement rule : rules) {
            for (String issuer : acceptedOf(rule, issuers)) {
                expect(Outcome.ACCEPTED, NONE, issuer, rule.route());
            }
            if (rule.access() != Access.PUBLIC) {
                outages.forEach(reason -> expect(Outcome.UNDECIDED, reason.code(), NONE, rule.route()));
            }
        }
    }

    private void expect(Outcome outcome, String reason, String issuer, String route) {
        if (timers.size() < limit / 2) {
            timer(outcome.code(), reason, issuer, route);
        }
    }

    private static List<String> acceptedOf(RouteRequirement rule, List<String> issuers) {
        List<String> accepted = new ArrayList<>();
        if (rule.access() == Access.PUBLIC || rule.access() == Access.OPTIONAL) {
            accepted.add(NONE);
        }
        if (rule.access() == Access.OPTIONAL || rule.access() == Access.AUTHENTICATED) {
            issuers.stream()
                    .filter(issuer -> rule.issuers().isEmpty() || rule.issuers().contains(issuer))
                    .forEach(accepted::add);
        }
        return accepted;
    }

    private record Series(String outcome, String reason, String issuer, String route) {

        Timer register(MeterRegistry meters) {
            return Timer.builder("scopegate.requests")
                    .description("Decisions on requests")
                    .tag("outcome", outcome)
                    .tag("reason", reason)
                    .tag("issuer", issuer)
                    .tag("route", route)
                    .register(meters);
        }
    }
}
