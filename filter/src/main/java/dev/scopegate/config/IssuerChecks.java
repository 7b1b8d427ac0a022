package dev.scopegate.config;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the issuers of a configuration have to obey. */
final class IssuerChecks {

    private final Findings findings;

    IssuerChecks(Findings findings) {
        this.findings = findings;
    }

    void check(ScopegateConfig config) {
        if (config.issuers().isEmpty()) {
            findings.report(
                    "issuers", "no issuers: no token could be accepted; add 'issuers' with at least one issuer");
        }
        Set<String> identifiers = new HashSet<>();
        Set<String> names = new HashSet<>();
        List<String> aliases = config.issuerNames();
        for (int i = 0; i < config.issuers().size(); i++) {
            IssuerConfig issuer = config.issuers().get(i);
            String path = "issuers[" + i + "]";
            checkIssuer(issuer, path, config);
            if (!identifiers.add(issuer.issuer())) {
                findings.report(path + ".issuer", "the same issuer stands twice; keep one entry");
            }
            if (!names.add(aliases.get(i))) {
                findings.report(path + ".name", "two issuers have the same name; give each its own 'name'");
            }
        }
        new OpaqueTokenChecks(findings, config).check();
    }

    private void checkIssuer(IssuerConfig issuer, String path, ScopegateConfig config) {
        boolean loopback = config.http().allowInsecureLoopback();
        Addresses.issuerProblem(issuer.issuer(), loopback)
                .ifPresent(problem -> findings.report(path + ".issuer", "'" + path + ".issuer' " + problem));
        if (issuer.audiences().isEmpty() && config.resource().isEmpty()) {
            findings.report(
                    path,
                    "no audience: add 'resource', or 'audiences' to this issuer; a token for others must not pass");
        }
        issuer.name()
                .filter(name -> !name.matches("[A-Za-z0-9._-]{1,64}"))
                .ifPresent(name -> findings.report(
                        path + ".name",
                        "'" + path + ".name' may hold up to 64 letters, digits, dots, dashes, underscores"));
        new SignatureChecks(findings, issuer, path).check(config.tokens());
        new ClaimMappingChecks(findings).check(issuer.claimsAsScopes(), path + ".claims-as-scopes");
        findings.between(path + ".clock-skew", issuer.clockSkew(), Duration.ZERO, Duration.ofMinutes(5));
        JwksConfig jwks = issuer.jwks();
        jwks.uri()
                .flatMap(uri -> Addresses.endpointProblem(uri, loopback))
                .ifPresent(problem -> findings.report(path + ".jwks.uri", "'" + path + ".jwks.uri' " + problem));
        jwks.file().ifPresent(file -> findings.readable(path + ".jwks.file", file.path()));
        if (jwks.uri().isPresent() && jwks.file().isPresent()) {
            findings.report(path + ".jwks.file", "'uri' and 'file' exclude each other; keep one");
        }
        findings.between(
                path + ".jwks.refresh-interval", jwks.refreshInterval(), Duration.ofSeconds(1), Duration.ofDays(1));
        findings.between(
                path + ".jwks.max-staleness", jwks.maxStaleness(), jwks.refreshInterval(), Duration.ofDays(30));
        findings.between(path + ".jwks.cooldown", jwks.cooldown(), Duration.ofSeconds(1), Duration.ofHours(1));
        if (issuer.introspection().isConfigured()) {
            new IntrospectionChecks(findings).check(issuer, path + ".introspection", config.http());
        }
    }
}
