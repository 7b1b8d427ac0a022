package dev.scopegate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.scopegate.model.Access;
import dev.scopegate.model.Mode;
import dev.scopegate.model.Transport;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {

    private static final String COMPLETE = """
            resource: https://api.example.com/contacts
            mode: enforce
            issuers:
              - name: main
                issuer: https://login.example.com/realms/contacts
                audiences: [https://api.example.com/contacts]
                profile: rfc9068
                algorithms: [RS256, ES256]
                clock-skew: 10s
                required-claims: { tenant: acme }
                scope-claims: [scope, scp]
                jwks:
                  uri: https://login.example.com/realms/contacts/keys
                  refresh-interval: 10m
                  max-staleness: 12h
                  cooldown: 20s
                introspection:
                  endpoint: https://login.example.com/realms/contacts/introspect
                  tokens: opaque
                  client-id: contacts-api
                  client-secret: ${INTROSPECTION_SECRET}
                  client-authentication: client_secret_basic
                  timeout: 500ms
                  max-concurrent: 8
                  cache: { ttl: 30s, negative-ttl: 5s, max-entries: 100 }
            tokens:
              transports: [header]
              max-bytes: 4096
            routes:
              - { route: GET /contacts/**,      scopes: read:contacts }
              - { route: POST /contacts,        any-scope: [create:contacts, admin:contacts] }
              - { route: 'DELETE /contacts/{id}', scopes: delete:contacts, max-age: 5m, acr: [gold] }
              - { route: GET|HEAD /health,      access: public }
            default-access: deny
            challenge: { realm: contacts, metadata: true }
            http: { allow-insecure-loopback: true, connect-timeout: 2s, max-response-bytes: 4096 }
            """;

    private final ConfigReader reader = new ConfigReader(
            name -> Optional.ofNullable(Map.of("INTROSPECTION_SECRET", "s3cret:%+", "HOST", "login.example.com")
                    .get(name)));

    @Test
    void read_everyKey_landsInItsRecord() {
        ScopegateConfig config = read(COMPLETE);

        IssuerConfig issuer = config.issuers().get(0);
        assertThat(issuer.name()).contains("main");
        assertThat(issuer.profile()).isEqualTo(IssuerConfig.Profile.RFC9068);
        assertThat(issuer.algorithms()).containsExactly("RS256", "ES256");
        assertThat(issuer.clockSkew()).isEqualTo(Duration.ofSeconds(10));
        assertThat(issuer.requiredClaims()).containsEntry("tenant", "acme");
        assertThat(issuer.jwks().uri()).contains(URI.create("https://login.example.com/realms/contacts/keys"));
        assertThat(issuer.jwks().maxStaleness()).isEqualTo(Duration.ofHours(12));
        IntrospectionConfig introspection = issuer.introspection();
        assertThat(introspection.clientSecret()).contains(Secret.of("s3cret:%+"));
        assertThat(introspection.timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(introspection.cache().maxEntries()).isEqualTo(100);
        assertThat(config.routes())
                .extracting(RouteConfig::route)
                .containsExactly("GET /contacts/**", "POST /contacts", "DELETE /contacts/{id}", "GET|HEAD /health");
        assertThat(config.routes().get(2).maxAge()).contains(Duration.ofMinutes(5));
        assertThat(config.routes().get(3).access()).contains(Access.PUBLIC);
        assertThat(config.tokens().maxBytes()).isEqualTo(4096);
        assertThat(config.challenge().realm()).contains("contacts");
        assertThat(config.http().allowInsecureLoopback()).isTrue();
        assertThat(ConfigChecks.problems(config)).isEmpty();
    }

    @Test
    void read_fewKeys_restByDefault() {
        ScopegateConfig config = read("""
                resource: https://api.example.com
                issuers:
                  - issuer: https://${HOST:nowhere}
                routes:
                  - { route: GET /, scopes: [a, b] }
                """);

        IssuerConfig issuer = config.issuers().get(0);
        assertThat(issuer).isEqualTo(IssuerConfig.of("https://login.example.com"));
        assertThat(issuer.clockSkew()).isEqualTo(Duration.ofSeconds(30));
        assertThat(issuer.algorithms()).containsExactly("RS256", "PS256", "ES256", "EdDSA", "Ed25519");
        assertThat(config.defaultAccess()).isEqualTo(Access.DENY);
        assertThat(config.routes().get(0).scopes()).containsExactly("a", "b");
        assertThat(config.tokens().maxBytes()).isEqualTo(8192);
    }

    record Mistake(String yaml, String message) {
        @Override
        public String toString() {
            return message;
        }
    }

    static List<Mistake> mistakes() {
        return List.of(
                new Mistake(
                        "routes:\n  - { route: GET /, scpoes: a }\n",
                        "scopegate.yaml:2:21: unknown key 'scpoes' in routes[0]; did you mean 'scopes'?"),
                new Mistake("rutes: []\n", "scopegate.yaml:1:1: unknown key 'rutes'; did you mean 'routes'?"),
                new Mistake("mode: enforce\nmode: enforce\n", "scopegate.yaml:2:7: key 'mode' stands twice"),
                new Mistake("mode: off\n", "scopegate.yaml:1:7: 'mode' must be one of enforce, shadow"),
                new Mistake(
                        "tokens: { transports: [body] }\n",
                        "scopegate.yaml:1:24: 'tokens.transports[0]' must be one of header, form, query, cookie:NAME"),
                new Mistake("tokens: { transports: 'cookie:' }\n", "needs the name of a cookie"),
                new Mistake("trusted-proxies: [10.0.0.0/33]\n", "must be an IP address or a network"),
                new Mistake("trusted-proxies: proxy.example.com\n", "must be an IP address or a network"),
                new Mistake(
                        "routes:\n  - { route: GET /, claims: { a: [b] } }\n", "'routes[0].claims.a' must be a single"),
                new Mistake("routes:\n  - { route: GET /, claims: {} }\n", "'routes[0].claims' is empty"),
                new Mistake("cors-preflight: true\n", "'cors-preflight' must be one of judge, pass"),
                new Mistake(
                        "issuers:\n  - issuer: https://x\n    claims-as-scopes: [{ claim: a, prefx: b }]\n",
                        "unknown key 'prefx' in issuers[0].claims-as-scopes[0]; did you mean 'prefix'?"),
                new Mistake(
                        "issuers:\n  - issuer: https://x\n    claims-as-scopes: roles\n",
                        "'issuers[0].claims-as-scopes' must be a mapping"),
                new Mistake(
                        "issuers:\n  - issuer: https://x\n    profile: fapi\n",
                        "'issuers[0].profile' must be one of jwt, rfc9068, fapi2"),
                new Mistake(
                        "issuers:\n  - issuer: https://x\n    introspection: { on-outage: last_known }\n",
                        "'issuers[0].introspection.on-outage' must be one of deny, last-known"),
                new Mistake(
                        "issuers:\n  - issuer: https://x\n    introspection: { parameters: {} }\n",
                        "'issuers[0].introspection.parameters' is empty"),
                new Mistake("routes:\n  - { route: GET /, max-stalenes: 0s }\n", "did you mean 'max-staleness'?"),
                new Mistake("mode:\n", "'mode' has no value"),
                new Mistake("routes: []\n", "scopegate.yaml:1:9: 'routes' is an empty list"),
                new Mistake("routes:\n  - { route: GET /, scopes: [] }\n", "'routes[0].scopes' is an empty list"),
                new Mistake("routes: 5\n", "'routes' must be a mapping"),
                new Mistake(
                        "tokens: { max-bytes: many }\n",
                        "scopegate.yaml:1:22: 'tokens.max-bytes' must be a whole number"),
                new Mistake("http: { allow-insecure-loopback: yes }\n", "must be true or false"),
                new Mistake("http: { connect-timeout: 5 }\n", "must be a duration"),
                new Mistake("http: { connect-timeout: 5 minutes }\n", "must be a duration"),
                new Mistake("resource: [a]\n", "'resource' must be a single value"),
                new Mistake("resource: ${NOPE}\n", "'resource' names the environment variable NOPE, which is not set"),
                new Mistake("resource: !!java.net.URL 'http://x'\n", "'resource' has a type tag"),
                new Mistake("a: &x [1]\nb: *x\n", "has aliases"),
                new Mistake(
                        "routes: &r\n  - route: &x GET /\n    scopes: *x\n", "anchors and aliases are not supported"),
                new Mistake("mode: enforce\n\troutes: []\n", "scopegate.yaml:2:1: not valid YAML"),
                new Mistake("mode: [\n", "not valid YAML"),
                new Mistake(
                        "routes:\n  - { route: GET /a/{id}, scopes: a }\n",
                        "scopegate.yaml:2:21: not valid YAML: expected ',' or '}', but got {; a route with '{' or '*' needs quotes"),
                new Mistake("routes:\n  - { route: * /a, scopes: a }\n", "a route with '{' or '*' needs quotes here"),
                new Mistake("just text\n", "the file must be a mapping"),
                new Mistake("", "is empty"),
                new Mistake("--- {}\n--- {}\n", "not valid YAML"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void read_mistake_saysWhereAndWhatToDo(Mistake mistake) {
        assertThatThrownBy(() -> read(mistake.yaml()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("scopegate.yaml")
                .hasMessageContaining(mistake.message());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "routes: [{ route: 'GET /a/{id}', scopes: a ]\n",
                "routes:\n  - { route: GET /a, scopes: {id }\n",
                "routes:\n  - { route: 'GET /a/{id}', scopes: a }\n - {\n"
            })
    void read_brokenYamlElsewhere_saysNothingOfQuotes(String yaml) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("not valid YAML")
                .message()
                .doesNotContain("quotes");
    }

    @Test
    void read_severalMistakes_allReportedAtOnce() {
        ConfigException refused = catchThrowableOfType(
                ConfigException.class, () -> read("mode: off\nrutes: 1\nhttp: { connect-timeout: x }\n"));

        assertThat(refused.problems()).hasSize(3);
        assertThat(refused.getMessage().lines()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client-secret: [s3cret]",
                "client-secret: s3cret\n      client-secret: s3cret",
                "timeout: s3cret"
            })
    void read_mistakeNearASecret_secretNotPrinted(String line) {
        String yaml = "issuers:\n  - issuer: https://x\n    introspection:\n      " + line + "\n";

        assertThatThrownBy(() -> read(yaml)).hasMessageNotContaining("s3cret");
    }

    @Test
    void read_secretInTheFile_warnedOfWithoutPrintingIt() {
        String yaml = "issuers:\n  - issuer: https://x\n    introspection: { client-id: a, client-secret: %s }\n";

        assertThat(reader.read("scopegate.yaml", yaml.formatted("s3cret"), Path.of(""))
                        .warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.path()).isEqualTo("issuers[0].introspection.client-secret"))
                .satisfies(warning -> assertThat(warning.message()).doesNotContain("s3cret"));
        assertThat(reader.read("scopegate.yaml", yaml.formatted("'${INTROSPECTION_SECRET}'"), Path.of(""))
                        .warnings())
                .isEmpty();
    }

    @Test
    void read_filesNamed_arePartOfTheSource(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("scopegate.yaml");
        Files.writeString(
                file,
                "issuers:\n  - issuer: https://x\n    introspection: { client-id: a, client-secret-file: secret }\n");

        assertThat(reader.read(file).files()).containsExactly(file, folder.resolve("secret"));
    }

    @Test
    void read_furtherKeys_landInTheirRecords() {
        ScopegateConfig config = read("""
                mode: shadow
                tokens: { transports: [form, 'cookie:token'], cache: { ttl: 1m } }
                routes:
                  - { route: GET /a, claims: { tenant: acme, level: 7 }, issuer: [main, other], mode: enforce }
                external-url: https://api.example.com
                trusted-proxies: [10.0.0.0/8, '::1']
                cors-preflight: pass
                http: { proxy: 'http://proxy:3128', trust-store: store.p12, trust-store-password: x }
                crypto: { provider: auto }
                reload-interval: 5s
                """);

        assertThat(config.mode()).isEqualTo(Mode.SHADOW);
        assertThat(config.tokens().transports()).containsExactly(Transport.of("form"), Transport.of("cookie:token"));
        assertThat(config.tokens().cache()).isEqualTo(new TokensConfig.Cache(Duration.ofMinutes(1), 10_000));
        assertThat(config.routes().get(0).claims()).containsOnly(Map.entry("tenant", "acme"), Map.entry("level", "7"));
        assertThat(config.routes().get(0).issuer()).containsExactly("main", "other");
        assertThat(config.routes().get(0).mode()).contains(Mode.ENFORCE);
        assertThat(config.trustedProxies()).containsExactly(IpNetwork.of("10.0.0.0/8"), IpNetwork.of("::1"));
        assertThat(config.corsPreflight()).isEqualTo(ScopegateConfig.CorsPreflight.PASS);
        assertThat(config.http().proxy()).contains(URI.create("http://proxy:3128"));
        assertThat(config.crypto().provider()).isEqualTo(CryptoConfig.Provider.AUTO);
        assertThat(config.reloadInterval()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void read_keysOfAnIssuerThatFewNeed_landInItsRecord(@TempDir Path folder) {
        ScopegateConfig config = reader.read("scopegate.yaml", """
                issuers:
                  - issuer: https://a.example.com
                    profile: fapi2
                    claims-as-scopes:
                      - { claim: realm_access.roles, prefix: 'role:' }
                      - { claim: 'https://example.com/groups', prefix: group/ }
                  - issuer: https://b.example.com
                    algorithms: HS256
                    shared-secret-file: b.secret
                """, folder).config();

        assertThat(config.issuers().get(0).profile()).isEqualTo(IssuerConfig.Profile.FAPI2);
        assertThat(config.issuers().get(0).algorithms()).isEqualTo(IssuerConfig.FAPI2_ALGORITHMS);
        assertThat(config.issuers().get(0).claimsAsScopes())
                .containsExactly(
                        new ClaimMapping("realm_access.roles", "role:"),
                        new ClaimMapping("https://example.com/groups", "group/"));
        assertThat(config.issuers().get(1).sharedSecretFile()).contains(new FileReference(folder.resolve("b.secret")));
    }

    @Test
    void read_keysOfIntrospectionThatFewNeed_landInItsRecord(@TempDir Path folder) {
        ScopegateConfig config = reader.read("scopegate.yaml", """
                issuers:
                  - issuer: https://a.example.com
                    introspection:
                      token-prefix: ory_at_
                      client-id: api
                      client-authentication: private_key_jwt
                      private-key: { file: key.pem, algorithm: PS256, key-id: k1, audience: https://a.example.com/token }
                      key-store: { file: store.p12, password-file: store.password }
                      bearer: { token-endpoint: https://a.example.com/token, scopes: introspect }
                      parameters: { resource_server: contacts, level: 7 }
                      headers: { X-Tenant: acme }
                      signed-answers: true
                      unencoded-basic-credentials: true
                      on-outage: last-known
                      last-known-for: 90s
                routes:
                  - { route: DELETE /a, scopes: a, max-staleness: 0s }
                  - { route: GET /a, scopes: a }
                """, folder).config();

        assertThat(config.issuers().get(0).introspection())
                .isEqualTo(IntrospectionConfigBuilder.builder()
                        .tokenPrefix("ory_at_")
                        .clientId("api")
                        .clientAuthentication(IntrospectionConfig.ClientAuthentication.PRIVATE_KEY_JWT)
                        .privateKey(new IntrospectionConfig.PrivateKey(
                                new FileReference(folder.resolve("key.pem")),
                                Optional.of("PS256"),
                                Optional.of("k1"),
                                Optional.of("https://a.example.com/token")))
                        .keyStore(new IntrospectionConfig.KeyStoreFile(
                                new FileReference(folder.resolve("store.p12")),
                                Optional.empty(),
                                Optional.of(new FileReference(folder.resolve("store.password")))))
                        .bearer(new IntrospectionConfig.Bearer(
                                Optional.of(URI.create("https://a.example.com/token")), List.of("introspect")))
                        .parameters(Map.of("resource_server", "contacts", "level", "7"))
                        .headers(Map.of("X-Tenant", "acme"))
                        .signedAnswers(true)
                        .unencodedBasicCredentials(true)
                        .onOutage(IntrospectionConfig.OnOutage.LAST_KNOWN)
                        .lastKnownFor(Duration.ofSeconds(90))
                        .build());
        assertThat(config.routes())
                .containsExactly(
                        RouteConfig.builder("DELETE /a")
                                .scopes(List.of("a"))
                                .maxStaleness(Duration.ZERO)
                                .build(),
                        RouteConfig.requiring("GET /a", "a"));
    }

    @Test
    void config_asText_secretHidden() {
        assertThat(read(COMPLETE).toString()).contains("Secret[hidden]").doesNotContain("s3cret");
    }

    @Test
    void read_relativeFile_besideTheConfiguration(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("scopegate.yaml");
        Files.writeString(file, "issuers:\n  - issuer: https://x\n    jwks: { file: keys.json }\n");

        assertThat(reader.read(file).config().issuers().get(0).jwks().file())
                .contains(new FileReference(folder.resolve("keys.json")));
    }

    @Test
    void read_missingFile_saysSo(@TempDir Path folder) {
        assertThatThrownBy(() -> reader.read(folder.resolve("scopegate.yaml")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("scopegate.yaml: does not exist");
    }

    @Test
    void read_folder_saysSo(@TempDir Path folder) {
        assertThatThrownBy(() -> reader.read(folder))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is a folder: ");
    }

    private ScopegateConfig read(String yaml) {
        return reader.read("scopegate.yaml", yaml, Path.of("")).config();
    }
}
