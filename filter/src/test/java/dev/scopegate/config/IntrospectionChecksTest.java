package dev.scopegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.IntrospectionConfig.OnOutage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntrospectionChecksTest {

    private static final String SOUND = """
            resource: https://api.example.com
            issuers:
              - issuer: https://login.example.com
                introspection: { client-id: api, client-secret: '${SECRET:x}', %s }
            routes:
              - { route: GET /a, scopes: read }
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token-prefix: ory_at_",
                "token-prefix: o",
                "token-prefix: eX",
                "token-prefix: '-._~+/'",
                "parameters: { resource_server: contacts, tenant: 'a b' }",
                "headers: { X-Tenant: acme, Prefer: '' }",
                "signed-answers: true",
                "on-outage: deny",
                "on-outage: last-known",
                "on-outage: last-known, last-known-for: 1s",
                "on-outage: last-known, last-known-for: 1h",
                "cache: { ttl: 5m, negative-ttl: 5m }",
                "cache: { ttl: 0s, negative-ttl: 0s }",
            })
    void problems_soundKeys_none(String keys) {
        assertThat(problems(SOUND.formatted(keys))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "token-prefix: 'a b'                           ! token-prefix    ! characters that tokens have",
                "token-prefix: ä                               ! token-prefix    ! characters that tokens have",
                "token-prefix: a=                              ! token-prefix    ! characters that tokens have",
                "token-prefix: ''                              ! token-prefix    ! characters that tokens have",
                "token-prefix: e                               ! token-prefix    ! how JWTs begin",
                "token-prefix: ey                              ! token-prefix    ! how JWTs begin",
                "token-prefix: eyJhbGci                        ! token-prefix    ! how JWTs begin",
                "parameters: { token: x }                      ! parameters      ! cannot be added",
                "parameters: { token_type_hint: x }            ! parameters      ! cannot be added",
                "parameters: { client_id: x }                  ! parameters      ! cannot be added",
                "parameters: { client_assertion: x }           ! parameters      ! cannot be added",
                "parameters: { '': x }                         ! parameters      ! cannot be added",
                "headers: { authorization: x }                 ! headers         ! cannot be added",
                "headers: { ACCEPT: x }                        ! headers         ! cannot be added",
                "headers: { Content-Type: x }                  ! headers         ! cannot be added",
                "headers: { Transfer-Encoding: chunked }       ! headers         ! cannot be added",
                "headers: { Expect: 100-continue }             ! headers         ! cannot be added",
                "headers: { 'X Tenant': x }                    ! headers         ! cannot be added",
                "headers: { X-Tenant: \"a\\r\\nHost: b\" }     ! headers         ! cannot be added",
                "headers: { X-Tenant: é }                      ! headers         ! cannot be added",
                "last-known-for: 60s                           ! last-known-for  ! of no use without",
                "'on-outage: deny, last-known-for: 60s'        ! last-known-for  ! of no use without",
                "'on-outage: last-known, last-known-for: 0s'   ! last-known-for  ! between 1s and 1h",
                "'on-outage: last-known, last-known-for: 61m'  ! last-known-for  ! between 1s and 1h",
                "cache: { negative-ttl: 301s }                 ! cache.negative-ttl ! between 0s and 5m",
                "cache: { ttl: 61m }                           ! cache.ttl       ! between 0s and 1h",
                "max-concurrent: 0                             ! max-concurrent  ! between 1 and 10000",
                "endpoint: http://login.example.com            ! endpoint        ! must be https",
            })
    void problems_oneMistake_namedWithoutItsValue(String keys, String key, String message) {
        assertThat(problems(SOUND.formatted(keys)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("issuers[0].introspection." + key))
                .satisfies(problem -> assertThat(problem.message()).contains("'" + problem.path() + "'", message));
    }

    @ParameterizedTest
    @CsvSource({"parameters, 20, 0", "parameters, 21, 1", "headers, 20, 0", "headers, 21, 1"})
    void problems_entries_twentyAtMost(String key, int count, int problems) {
        String entries =
                IntStream.range(0, count).mapToObj(i -> "x" + i + ": y").collect(Collectors.joining(", "));

        assertThat(problems(SOUND.formatted(key + ": { " + entries + " }"))).hasSize(problems);
    }

    @Test
    void problems_prefixOf65Characters_refused() {
        assertThat(problems(SOUND.formatted("token-prefix: " + "a".repeat(64)))).isEmpty();
        assertThat(problems(SOUND.formatted("token-prefix: " + "a".repeat(65)))).hasSize(1);
    }

    @Test
    void problems_signedAnswersOfAnIssuerWithASharedSecret_refused(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("issuer.secret"), "n7Vx0Rq3Tz5Kc8Lb1Wm4Yp6Hd9Gf2Js0\n");
        String shared = SOUND.replace(
                "    introspection:",
                "    algorithms: HS256\n    shared-secret-file: '" + secret + "'\n    introspection:");

        assertThat(problems(shared.formatted("signed-answers: false"))).isEmpty();
        assertThat(problems(shared.formatted("signed-answers: true")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("needs published keys"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "timeout: 2s                                  ! ''                           ! ''",
                "'on-outage: last-known, tokens: opaque'      ! ''                           ! ''",
                "cache: { ttl: 5m }                           ! ''                           ! ''",
                "cache: { ttl: 301s }                         ! cache.ttl                    ! goes on working",
                "unencoded-basic-credentials: false           ! ''                           ! ''",
                "unencoded-basic-credentials: true            ! unencoded-basic-credentials  ! leave it out",
            })
    void warnings_eachKey_onlyWhereItCostsSomething(String keys, String key, String message) {
        List<ConfigProblem> warnings = ConfigWarnings.of(config(SOUND.formatted(keys)));

        if (key.isEmpty()) {
            assertThat(warnings).isEmpty();
        } else {
            assertThat(warnings)
                    .singleElement()
                    .satisfies(warning -> assertThat(warning.path()).isEqualTo("issuers[0].introspection." + key))
                    .satisfies(warning -> assertThat(warning.message()).contains("'" + warning.path() + "'", message));
        }
    }

    @Test
    void toleratedOutage_byDefault_noneAndAMinuteWhereWanted() {
        IntrospectionConfig deny = IntrospectionConfig.basic("api", Secret.of("x"));
        IntrospectionConfig lastKnown = IntrospectionConfigBuilder.builder(deny)
                .onOutage(OnOutage.LAST_KNOWN)
                .build();
        IntrospectionConfig longer = IntrospectionConfigBuilder.builder(lastKnown)
                .lastKnownFor(Duration.ofMinutes(5))
                .build();

        assertThat(deny.toleratedOutage()).isZero();
        assertThat(lastKnown.toleratedOutage()).isEqualTo(Duration.ofSeconds(60));
        assertThat(longer.toleratedOutage()).isEqualTo(Duration.ofMinutes(5));
    }

    private static List<ConfigProblem> problems(String yaml) {
        return ConfigChecks.problems(config(yaml));
    }

    private static ScopegateConfig config(String yaml) {
        return new ConfigReader().read("scopegate.yaml", yaml, Path.of("")).config();
    }
}
