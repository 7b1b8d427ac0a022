package dev.scopegate.config;

import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.scopegate.model.Access;
import dev.scopegate.model.Mode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The whole configuration, as the keys of {@code scopegate.yaml} or of {@code scopegate.*} name it: a component
 * {@code defaultAccess} is the key {@code default-access}.
 *
 * <p>Immutable. A component that is passed as null (as a binder does for an absent key) takes its default. Does not check
 * anything: see {@link ConfigChecks}.
 *
 * @param resource the identifier of the protected resource, an absolute URI without fragment, such as
 *     {@code https://api.example.com/contacts}; the default audience (RFC 9728 §1.2)
 * @param mode what is done with a refusal, unless a route says otherwise; default {@code enforce}
 * @param issuers the authorization servers whose tokens are accepted
 * @param tokens how tokens are sent
 * @param routes what each route requires
 * @param routesFrom an OpenAPI document whose {@code security} says what each operation requires, besides {@code routes}
 * @param defaultAccess what applies where no rule names the route; default {@code deny}
 * @param challenge what refusals say
 * @param externalUrl what clients see as the address of this application, without its path below it; default: derived from
 *     the resource
 * @param trustedProxies addresses or networks, such as {@code 127.0.0.1/32}, whose {@code Forwarded} fields are believed
 * @param corsPreflight what is done with the preflight requests of browsers; default {@code judge}
 * @param http how issuers are called
 * @param crypto who verifies signatures
 * @param audit what is written of each decision
 * @param reloadInterval how often the files are looked at for changes; default 1 s; 0 s: never
 */
@RecordBuilder
public record ScopegateConfig(
        Optional<String> resource,
        Mode mode,
        List<IssuerConfig> issuers,
        TokensConfig tokens,
        List<RouteConfig> routes,
        Optional<FileReference> routesFrom,
        Access defaultAccess,
        ChallengeConfig challenge,
        Optional<String> externalUrl,
        List<IpNetwork> trustedProxies,
        CorsPreflight corsPreflight,
        HttpConfig http,
        CryptoConfig crypto,
        AuditConfig audit,
        Duration reloadInterval) {

    /** No issuer, no route: a configuration that denies everything and that no server is built from. */
    public static final ScopegateConfig EMPTY = ScopegateConfigBuilder.builder().build();

    /** What is done with the preflight requests of browsers. */
    public enum CorsPreflight {
        /** They are judged like every request, and so mostly refused, since browsers send no token with them. */
        JUDGE,
        /** Well-formed ones pass, without an identity, for the application to answer. */
        PASS
    }

    public ScopegateConfig {
        resource = requireNonNullElse(resource, Optional.empty());
        mode = requireNonNullElse(mode, Mode.ENFORCE);
        issuers = List.copyOf(requireNonNullElse(issuers, List.of()));
        tokens = requireNonNullElse(tokens, TokensConfig.DEFAULT);
        routes = List.copyOf(requireNonNullElse(routes, List.of()));
        routesFrom = requireNonNullElse(routesFrom, Optional.empty());
        defaultAccess = requireNonNullElse(defaultAccess, Access.DENY);
        challenge = requireNonNullElse(challenge, ChallengeConfig.DEFAULT);
        externalUrl = requireNonNullElse(externalUrl, Optional.empty());
        trustedProxies = List.copyOf(requireNonNullElse(trustedProxies, List.of()));
        corsPreflight = requireNonNullElse(corsPreflight, CorsPreflight.JUDGE);
        http = requireNonNullElse(http, HttpConfig.DEFAULT);
        crypto = requireNonNullElse(crypto, CryptoConfig.DEFAULT);
        audit = requireNonNullElse(audit, AuditConfig.DEFAULT);
        reloadInterval = requireNonNullElse(reloadInterval, Duration.ofSeconds(1));
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

    /** The names of those issuers of which {@code wanted} holds, in their order. */
    public List<String> issuerNamesWhere(Predicate<IssuerConfig> wanted) {
        List<String> names = issuerNames();
        return IntStream.range(0, names.size())
                .filter(i -> wanted.test(issuers.get(i)))
                .mapToObj(names::get)
                .toList();
    }

    /** Whether {@code scope} is one that a claim of some issuer grants, and that nobody can ask an issuer for. */
    public boolean isMappedFromClaim(String scope) {
        return issuers.stream()
                .flatMap(issuer -> issuer.claimsAsScopes().stream())
                .anyMatch(mapping -> mapping.grants(scope));
    }
}
