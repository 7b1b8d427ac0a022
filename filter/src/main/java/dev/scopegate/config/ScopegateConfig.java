package dev.scopegate.config;

import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.scopegate.model.Access;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole configuration, as the keys of {@code scopegate.yaml} or of {@code scopegate.*} name it: a component
 * {@code defaultAccess} is the key {@code default-access}.
 *
 * <p>Immutable. A component that is passed as null (as a binder does for an absent key) takes its default. Does not check
 * anything: see {@link ConfigChecks}.
 *
 * @param resource the identifier of the protected resource, an absolute URI without fragment, such as
 *     {@code https://api.example.com/contacts}; the default audience (RFC 9728 §1.2)
 * @param mode what is done with a refusal; default {@code enforce}
 * @param issuers the authorization servers whose tokens are accepted
 * @param tokens how tokens are sent
 * @param routes what each route requires
 * @param defaultAccess what applies where no rule names the route; default {@code deny}
 * @param challenge what refusals say
 * @param http how issuers are called
 */
public record ScopegateConfig(
        Optional<String> resource,
        Mode mode,
        List<IssuerConfig> issuers,
        TokensConfig tokens,
        List<RouteConfig> routes,
        Access defaultAccess,
        ChallengeConfig challenge,
        HttpConfig http) {

    /** No issuer, no route: a configuration that denies everything and that no server is built from. */
    public static final ScopegateConfig EMPTY = new ScopegateConfig(
            Optional.empty(),
            Mode.ENFORCE,
            List.of(),
            TokensConfig.DEFAULT,
            List.of(),
            Access.DENY,
            ChallengeConfig.DEFAULT,
            HttpConfig.DEFAULT);

    /** What is done with a refusal. */
    public enum Mode {
        /** The refusal is the answer. */
        ENFORCE
    }

    public ScopegateConfig {
        resource = requireNonNullElse(resource, Optional.empty());
        mode = requireNonNullElse(mode, Mode.ENFORCE);
        issuers = List.copyOf(requireNonNullElse(issuers, List.of()));
        tokens = requireNonNullElse(tokens, TokensConfig.DEFAULT);
        routes = List.copyOf(requireNonNullElse(routes, List.of()));
        defaultAccess = requireNonNullElse(defaultAccess, Access.DENY);
        challenge = requireNonNullElse(challenge, ChallengeConfig.DEFAULT);
        http = requireNonNullElse(http, HttpConfig.DEFAULT);
    }

    /**
     * The names of the issuers in logs and metrics, in their order: as configured, else the host of the issuer, else, where
     * several share a host, all of the issuer but its scheme.
     */
    public List<String> issuerNames() {
        Map<String, Long> perHost = issuers.stream()
                .filter(issuer -> issuer.name().isEmpty())
                .collect(groupingBy(issuer -> Addresses.host(issuer.issuer()), counting()));
        return issuers.stream()
                .map(issuer -> issuer.name().orElseGet(() -> {
                    String host = Addresses.host(issuer.issuer());
                    return perHost.getOrDefault(host, 1L) == 1
                            ? host
                            : issuer.issuer().replaceFirst("^https?://", "");
                }))
                .toList();
    }
}
