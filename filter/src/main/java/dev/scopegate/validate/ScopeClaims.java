package dev.scopegate.validate;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where an issuer's tokens say their scopes, and in which forms: in a claim for scopes, and in further claims whose values
 * are read as scopes.
 *
 * <p>Safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068#section-2.2.3">RFC 9068 §2.2.3</a>
 */
final class ScopeClaims {

    private final List<String> names;
    private final List<MappedClaim> mapped;
    private final KnownScopes known = new KnownScopes();

    /**
     * The claims of one issuer's tokens.
     *
     * @param names the claims for scopes, in order of preference: the first that is there counts
     * @param mapped the further claims; all of them count
     */
    ScopeClaims(List<String> names, List<MappedClaim> mapped) {
        this.names = List.copyOf(names);
        this.mapped = List.copyOf(mapped);
    }

    /** All scopes of a JWT; empty if its claim for scopes has a form that is not one of scopes. */
    Optional<Set<String>> ofJwt(Map<String, Object> claims) {
        return plain(claims, true).map(scopes -> withMapped(scopes, claims));
    }

    /** All scopes of an introspection answer; empty if its claim for scopes has a form that is not one of scopes. */
    Optional<Set<String>> ofAnswer(Map<String, Object> claims) {
        return plain(claims, false).map(scopes -> withMapped(scopes, claims));
    }

    /**
     * The scopes that a JWT and the answer about it both grant. Each claim is compared with itself: where only one of the two
     * says something of it, what that one says counts.
     */
    Optional<Set<String>> common(Map<String, Object> jwt, Map<String, Object> answer) {
        return commonPlain(jwt, answer).map(plain -> {
            Set<String> all = new LinkedHashSet<>(plain);
            mapped.forEach(claim -> {
                Set<String> granted = new LinkedHashSet<>();
                claim.addTo(granted, claim.isIn(answer) ? answer : jwt);
                if (claim.isIn(answer) && claim.isIn(jwt)) {
                    Set<String> known = new LinkedHashSet<>();
                    claim.addTo(known, jwt);
                    granted.retainAll(known);
                }
                all.addAll(granted);
            });
            return Collections.unmodifiableSet(all);
        });
    }

    private Optional<Set<String>> commonPlain(Map<String, Object> jwt, Map<String, Object> answer) {
        if (!areIn(answer)) {
            return plain(jwt, true);
        }
        Optional<Set<String>> granted = plain(answer, false);
        if (!areIn(jwt)) {
            return granted;
        }
        Set<String> held = plain(jwt, true).orElse(Set.of());
        return granted.map(scopes ->
                KnownScopes.words(scopes.stream().filter(held::contains).toList()));
    }

    private Set<String> withMapped(Set<String> plain, Map<String, Object> claims) {
        if (mapped.isEmpty()) {
            return plain;
        }
        Set<String> all = new LinkedHashSet<>(plain);
        mapped.forEach(claim -> claim.addTo(all, claims));
        return Collections.unmodifiableSet(all);
    }

    /** The scopes of the first scope claim that is there; empty if its form is not one of scopes. */
    private Optional<Set<String>> plain(Map<String, Object> claims, boolean listAllowed) {
        for (String name : names) {
            Object value = claims.get(name);
            if (value instanceof String text) {
                return Optional.of(known.in(text));
            }
            if (value instanceof List<?> && !listAllowed) {
                // RFC 7662 §2.2 knows only a string: what a list means there is anyone's guess, so it grants nothing.
                return Optional.of(Set.of());
            }
            if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
                return Optional.of(
                        KnownScopes.words(list.stream().map(String.class::cast).toList()));
            }
            if (value != null) {
                return Optional.empty();
            }
        }
        return Optional.of(Set.of());
    }

    /** Whether anything is said of plain scopes, in whatever form. */
    private boolean areIn(Map<String, Object> claims) {
        return names.stream().anyMatch(claims::containsKey);
    }
}
