package dev.scopegate.validate;

import dev.scopegate.model.RouteRequirement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The issuers that can be asked about tokens, and which of them a token can belong to. Nobody else is asked: whoever gets a
 * token can use it, and an endpoint that is asked about the tokens of others learns them.
 *
 * <p>Safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662#section-4">RFC 7662 §4</a>
 */
final class Introspectors implements AutoCloseable {

    /** Whose an opaque token can be. */
    sealed interface Owner {

        /** Of this issuer and of no other. */
        record Known(Introspector introspector) implements Owner {}

        /** Of an issuer whose tokens the route does not take. */
        record NotAccepted() implements Owner {}

        /** Of nobody who could be asked. */
        record Unknown() implements Owner {}
    }

    private static final Owner NOT_ACCEPTED = new Owner.NotAccepted();
    private static final Owner UNKNOWN = new Owner.Unknown();

    /** An issuer whose opaque tokens begin in one way. */
    private record Prefixed(String prefix, Owner.Known owner) {}

    private final Map<String, Introspector> byIssuer;
    private final List<Prefixed> prefixed;
    private final List<Owner.Known> others;

    private Introspectors(Map<String, Introspector> byIssuer, List<Prefixed> prefixed, List<Owner.Known> others) {
        this.byIssuer = Collections.unmodifiableMap(byIssuer);
        this.prefixed = List.copyOf(prefixed);
        this.others = List.copyOf(others);
    }

    /** Collects issuers that can be asked. Not thread-safe. */
    static final class Builder {

        private final Map<String, Introspector> byIssuer = new LinkedHashMap<>();
        private final List<Prefixed> prefixed = new ArrayList<>();
        private final List<Owner.Known> others = new ArrayList<>();

        /** An issuer, by its identifier, and how its opaque tokens begin, if it says so. */
        void add(String issuer, Optional<String> tokenPrefix, Introspector introspector) {
            byIssuer.put(issuer, introspector);
            Owner.Known owner = new Owner.Known(introspector);
            tokenPrefix.ifPresentOrElse(prefix -> prefixed.add(new Prefixed(prefix, owner)), () -> others.add(owner));
        }

        Introspectors build() {
            // The longest prefix first: it is the one that fits best.
            prefixed.sort((one, other) -> Integer.compare(other.prefix.length(), one.prefix.length()));
            return new Introspectors(byIssuer, prefixed, others);
        }
    }

    /** Whose an opaque token can be that is presented where {@code requirement} is asked. */
    Owner ownerOf(String token, RouteRequirement requirement) {
        for (Prefixed candidate : prefixed) {
            if (token.startsWith(candidate.prefix)) {
                // The token of one issuer is never shown to another one, whatever the route takes.
                return takes(requirement, candidate.owner) ? candidate.owner : NOT_ACCEPTED;
            }
        }
        Owner owner = UNKNOWN;
        for (Owner.Known candidate : others) {
            if (takes(requirement, candidate)) {
                if (owner != UNKNOWN) {
                    // Whichever were asked first would see the tokens of the other one. Comes up only where a route is
                    // denied anyway: the checks of the configuration see to the rest.
                    return UNKNOWN;
                }
                owner = candidate;
            }
        }
        return owner;
    }

    private static boolean takes(RouteRequirement requirement, Owner.Known owner) {
        return requirement.issuers().isEmpty()
                || requirement.issuers().contains(owner.introspector().issuerName());
    }

    /** Who answers for the tokens of the issuer of this identifier. */
    Optional<Introspector> of(String issuer) {
        return Optional.ofNullable(byIssuer.get(issuer));
    }

    Collection<Introspector> all() {
        return byIssuer.values();
    }

    @Override
    public void close() {
        all().forEach(Introspector::close);
    }
}
