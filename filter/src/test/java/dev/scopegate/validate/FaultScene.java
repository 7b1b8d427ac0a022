package dev.scopegate.validate;

import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.ScopegateConfigBuilder;
import dev.scopegate.model.KeyFetch;
import dev.scopegate.model.KeySetStatus;
import dev.scopegate.model.Upkeep;
import dev.scopegate.model.Validation;
import dev.scopegate.test.MutableClock;
import dev.scopegate.validate.keys.ManualSchedule;
import dev.scopegate.validate.keys.Upstreams;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A validator that trusts {@link FaultyIssuer}s, in a time that only the test moves; what it asks of them goes over real
 * sockets.
 */
final class FaultScene implements AutoCloseable {

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-21T12:00:00Z"));
    private final Map<String, ManualSchedule> schedules = new ConcurrentHashMap<>();
    private final Map<String, List<KeyFetch>> outcomes = new ConcurrentHashMap<>();
    private final TokenValidator validator;

    private FaultScene(List<IssuerConfig> issuers) {
        issuers.forEach(
                issuer -> outcomes.put(issuer.name().orElseThrow(), Collections.synchronizedList(new ArrayList<>())));
        Upkeep noting = new Upkeep() {
            @Override
            public void keysFetched(String issuerName, KeyFetch outcome, Duration took) {
                outcomesOf(issuerName).add(outcome);
            }
        };
        validator = TokenValidator.of(
                ScopegateConfigBuilder.builder()
                        .resource(FaultyIssuer.RESOURCE)
                        .issuers(issuers)
                        .http(HttpConfig.allowingInsecureLoopback())
                        .build(),
                new Upstreams.Environment(
                        clock,
                        clock::read,
                        name -> schedules.computeIfAbsent(name, unused -> new ManualSchedule(clock)),
                        noting));
    }

    /** A validator that trusts these issuers, and has not been told to wait for their keys. */
    static FaultScene of(IssuerConfig... issuers) {
        return new FaultScene(List.of(issuers));
    }

    /** A validator that trusts these issuers, with all defaults, after the first attempt to fetch the keys of each. */
    static FaultScene settled(FaultyIssuer... issuers) {
        FaultScene scene = of(Stream.of(issuers).map(FaultyIssuer::config).toArray(IssuerConfig[]::new));
        scene.schedules.values().forEach(ManualSchedule::settle);
        return scene;
    }

    MutableClock clock() {
        return clock;
    }

    TokenValidator validator() {
        return validator;
    }

    /** The verdict: {@code VALID}, {@code UNDECIDED}, or the reason of a refusal. */
    String verdict(String token) {
        Validation verdict = Anywhere.validate(validator, token);
        if (verdict instanceof Validation.Refused refused) {
            return refused.reason().name();
        }
        return verdict instanceof Validation.Valid ? "VALID" : "UNDECIDED";
    }

    /** What the answer would say of {@code Retry-After}, if nothing can be decided. */
    Optional<Duration> retryAfter(String token) {
        return Anywhere.validate(validator, token) instanceof Validation.Undecided undecided
                ? Optional.of(undecided.retryAfter())
                : Optional.empty();
    }

    /** Waits until no fetch is under way. */
    void settle() {
        schedules.values().forEach(ManualSchedule::settle);
    }

    /** Lets time pass for one issuer, and all that it brings with it. */
    void advance(FaultyIssuer issuer, Duration time) {
        schedule(issuer).advance(time);
    }

    /** Lets time pass for all issuers, second by second. */
    void advance(Duration time) {
        Collection<ManualSchedule> all = schedules.values();
        for (long second = 0; second < time.toSeconds(); second++) {
            clock.advance(Duration.ofSeconds(1));
            all.forEach(schedule -> schedule.advance(Duration.ZERO));
        }
    }

    /** Lets time pass until the next fetch is due, and waits for its end. */
    void nextFetch(FaultyIssuer issuer) {
        ManualSchedule schedule = schedule(issuer);
        schedule.settle();
        schedule.advance(schedule.untilDue().orElseThrow());
    }

    /** What each attempt came to, in order. */
    List<KeyFetch> outcomes(FaultyIssuer issuer) {
        return outcomes(issuer.name());
    }

    List<KeyFetch> outcomes(String issuerName) {
        return List.copyOf(outcomesOf(issuerName));
    }

    KeyFetch lastOutcome(FaultyIssuer issuer) {
        List<KeyFetch> all = outcomes(issuer);
        return all.get(all.size() - 1);
    }

    KeySetStatus status(FaultyIssuer issuer) {
        return validator.keySets().stream()
                .filter(status -> status.issuerName().equals(issuer.name()))
                .findFirst()
                .orElseThrow();
    }

    private List<KeyFetch> outcomesOf(String issuerName) {
        return Objects.requireNonNull(outcomes.get(issuerName));
    }

    private ManualSchedule schedule(FaultyIssuer issuer) {
        return Objects.requireNonNull(schedules.get(issuer.name()));
    }

    @Override
    public void close() {
        validator.close();
    }
}
