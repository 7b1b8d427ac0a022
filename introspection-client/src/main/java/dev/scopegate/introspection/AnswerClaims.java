package dev.scopegate.introspection;

import dev.scopegate.introspection.json.NumericDate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Judges the claims of a signed answer: who says it, to whom, and when. What is said about the token is in the one object within,
 * so that it is never taken for a claim about the answer, nor the other way round. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9701#section-5">RFC 9701 §5</a>
 */
final class AnswerClaims {

    /** How old an answer may be. Made for one call, it is older only if somebody has kept it. */
    private static final Duration LONGEST_AGE = Duration.ofMinutes(5);

    private final String issuer;
    private final Set<String> audiences;
    private final Duration skew;
    private final InstantSource clock;

    AnswerClaims(SignedAnswers how, String clientId, InstantSource clock) {
        this.issuer = how.issuer();
        this.audiences =
                Stream.concat(how.audiences().stream(), Stream.of(clientId)).collect(Collectors.toUnmodifiableSet());
        this.skew = how.clockSkew();
        this.clock = clock;
    }

    /**
     * The members of {@code token_introspection}.
     *
     * @throws IntrospectionException if the answer is not by the issuer, for us, and of now
     */
    Map<String, Object> judge(Map<String, Object> claims) throws IntrospectionException {
        // Keys may be shared among issuers, as the realms of one server share a host.
        require(issuer.equals(claims.get("iss")), "the signed answer is by another issuer");
        // Another client's answer, got from it or from a log, is about what that client may know.
        require(isForUs(claims.get("aud")), "the signed answer is for somebody else");
        requireFresh(claims);
        if (!(claims.get("token_introspection") instanceof Map<?, ?> said)) {
            throw IntrospectionException.malformed("the signed answer says nothing about a token");
        }
        Map<String, Object> members = new LinkedHashMap<>();
        said.forEach((name, value) -> members.put((String) name, Objects.requireNonNull(value)));
        return members;
    }

    private boolean isForUs(@Nullable Object audience) {
        if (audience instanceof List<?> several) {
            return several.stream().anyMatch(audiences::contains);
        }
        return audience instanceof String one && audiences.contains(one);
    }

    /** An answer that was kept would make a revoked token active again. */
    private void requireFresh(Map<String, Object> claims) throws IntrospectionException {
        Instant now = clock.instant();
        Optional<Instant> issuedAt = NumericDate.of(claims, "iat");
        require(issuedAt.isPresent(), "the signed answer does not say when it was made");
        require(!issuedAt.get().isAfter(now.plus(skew)), "the signed answer is from the future");
        require(
                !issuedAt.get().isBefore(now.minus(LONGEST_AGE).minus(skew)),
                "the signed answer is older than five minutes");
        // RFC 7519 §4.1.4: "on or after" the time is too late.
        require(isAbsentOr(claims, "exp", end -> now.isBefore(end.plus(skew))), "the signed answer has expired");
        require(
                isAbsentOr(claims, "nbf", begin -> !now.isBefore(begin.minus(skew))),
                "the signed answer is not valid yet");
    }

    private static boolean isAbsentOr(Map<String, Object> claims, String name, Predicate<Instant> good) {
        return !claims.containsKey(name)
                || NumericDate.of(claims, name).filter(good).isPresent();
    }

    private static void require(boolean holds, String otherwise) throws IntrospectionException {
        if (!holds) {
            throw IntrospectionException.malformed(otherwise);
        }
    }
}
