package dev.scopegate.observe;

import dev.scopegate.model.Access;
import dev.scopegate.model.Decision;
import dev.scopegate.model.DecisionEvent;
import dev.scopegate.model.DecisionEvent.Outcome;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.model.ValidatedToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Decisions on requests, and what is told of them. */
final class Decisions {

    static final String ROUTE = "GET /contacts/**";
    static final RouteRequirement RULE = RouteRequirement.of(ROUTE, Access.AUTHENTICATED);
    static final RequestSnapshot REQUEST = request("GET", "/contacts/7");
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private Decisions() {}

    static RequestSnapshot request(String method, String rawPath) {
        return new RequestSnapshot(method, rawPath, rawPath, List.of("Bearer not-to-be-told"));
    }

    static ValidatedToken alice() {
        return caller("alice", "web");
    }

    static ValidatedToken caller(String subject, String client) {
        return new ValidatedToken(
                "main",
                "https://login.example.com",
                Optional.of(subject),
                Optional.of(client),
                Set.of("read:contacts"),
                Optional.empty(),
                Map.of("email", "alice@example.com"));
    }

    static Decision accepted() {
        return new Decision.Permitted(RULE, Optional.of(alice()));
    }

    static Decision refused(RefusalReason reason) {
        return new Decision.Refused(RULE, reason, Optional.empty());
    }

    static Decision undecided(RefusalReason reason) {
        return new Decision.Undecided(RULE, reason, Duration.ofSeconds(5));
    }

    static DecisionEvent acceptedEvent() {
        return event(Outcome.ACCEPTED, Optional.empty(), OptionalInt.empty(), Optional.of(alice()));
    }

    static DecisionEvent refusedEvent(RefusalReason reason, int status) {
        return event(Outcome.REFUSED, Optional.of(reason), OptionalInt.of(status), Optional.empty());
    }

    static DecisionEvent event(
            Outcome outcome, Optional<RefusalReason> reason, OptionalInt status, Optional<ValidatedToken> caller) {
        return new DecisionEvent(
                NOON,
                Duration.ofNanos(71_500),
                outcome,
                reason,
                status,
                "00c0ffee00c0ffee",
                ROUTE,
                "GET",
                "/contacts/7",
                caller);
    }
}
