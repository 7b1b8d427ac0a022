package dev.scopegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigChecksTest {

    private static final String SOUND = """
            resource: https://api.example.com
            issuers:
              - issuer: https://login.example.com
                name: main
                algorithms: [RS256]
                clock-skew: 30s
                jwks: { refresh-interval: 5m }
                introspection: { client-id: api, client-secret: x, timeout: 2s }
            routes:
              - { route: GET /a, scopes: read }
            tokens: { max-bytes: 8192 }
            challenge: { realm: api }
            audit: { accepts-one-in: 1, lines-per-second: 100 }
            """;

    @Test
    void problems_soundConfiguration_none() {
        assertThat(problems(SOUND)).isEmpty();
    }

    @ParameterizedTest(name = "{1} → {2}")
    @CsvSource(
            delimiter = '!',
            value = {
                "https://login.example.com ! http://login.example.com        ! must be https",
                "https://login.example.com ! http://localhost:9000           ! allow-insecure-loopback",
                "https://login.example.com ! https://login.example.com?x=1   ! no query",
                "https://login.example.com ! https://login.example.com#x     ! no query",
                "https://login.example.com ! ftp://login.example.com         ! must be https",
                "https://login.example.com ! login                           ! must be an https URI",
                "accepts-one-in: 1         ! accepts-one-in: 0               ! between 1 and 1000000",
                "accepts-one-in: 1         ! accepts-one-in: 1000001         ! between 1 and 1000000",
                "lines-per-second: 100     ! lines-per-second: 9             ! between 10 and 100000",
                "lines-per-second: 100     ! lines-per-second: 100001        ! between 10 and 100000",
                "https://api.example.com   ! contacts                        ! must be an absolute URI",
                "https://api.example.com   ! https://api.example.com#x       ! without a fragment",
                "name: main                ! name: ma in                     ! letters, digits",
                "[RS256]                   ! [HS256]                         ! HMAC",
                "[RS256]                   ! [none]                          ! may name RS256",
                "[RS256]                   ! [RS265]                         ! did you mean 'RS256'?",
                "clock-skew: 30s           ! clock-skew: 6m                  ! between 0s and 5m",
                "refresh-interval: 5m      ! refresh-interval: 0s            ! between 1s and 1d",
                "timeout: 2s               ! timeout: 0s                     ! between 50ms and 30s",
                "client-secret: x          ! client-secret-file: nowhere     ! cannot be read",
                "', client-secret: x'      ! ''                              ! either 'client-secret' or",
                "client-id: api            ! client-id: ' '                  ! client-id' is missing",
                "', scopes: read'          ! ''                              ! requires nothing",
                "scopes: read              ! 'scopes: read, access: public'  ! contradicts itself",
                "scopes: read              ! 'scopes: read, access: deny'    ! contradicts itself",
                "scopes: read              ! scopes: read write              ! single words",
                "route: GET /a             ! route: GET /.well-known/oauth-protected-resource ! is never asked",
                "route: GET /a             ! access: public                  ! route' is missing",
                "scopes: read              ! 'scopes: read, issuer: mian'    ! their names are main",
                "scopes: read              ! 'scopes: read, any-scope: [read, b]' ! asks for nothing",
                "scopes: read              ! 'claims: { a: b }, access: public' ! contradicts itself",
                "scopes: read              ! 'issuer: main, access: optional' ! contradicts itself",
                "max-bytes: 8192           ! 'max-bytes: 64, cache: { ttl: 2h }' ! between 0s and 1h",
                "max-bytes: 8192           ! 'transports: [query, query]'    ! names a place twice",
                "challenge: { realm: api } ! 'http: { proxy: ''https://p:1'' }' ! must be http, host and port",
                "challenge: { realm: api } ! 'http: { trust-store: nowhere }' ! cannot be read",
                "challenge: { realm: api } ! 'http: { trust-store-password: x }' ! of no use",
                "challenge: { realm: api } ! external-url: api.example.com   ! http or https URL",
                "challenge: { realm: api } ! external-url: https://a/b?c=d   ! without query",
                "challenge: { realm: api } ! routes-from: nowhere.yaml       ! cannot be read",
                "challenge: { realm: api } ! reload-interval: 2d             ! between 0s and 1d",
                "max-bytes: 8192           ! max-bytes: 0                    ! between 64 and 65536",
                "realm: api                ! realm: 'a\"b'                   ! no quotes",
                "realm: api                ! realm: api, resource-name: ' '  ! one line",
                "realm: api                ! realm: api, resource-name: \"a\\nb\" ! one line",
            })
    void problems_oneMistake_named(String sound, String mistaken, String message) {
        assertThat(SOUND).contains(sound);

        assertThat(problems(SOUND.replace(sound, mistaken)))
                .isNotEmpty()
                .anySatisfy(problem -> assertThat(problem.message()).contains(message));
    }

    @Test
    void problems_resourceNameOfAnyLanguage_none() {
        assertThat(problems(SOUND.replace("realm: api", "realm: api, resource-name: 'Kontakte \"für\" 連絡先'")))
                .isEmpty();
    }

    @Test
    void problems_emptySecretFile_named(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "\n");
        String yaml = SOUND.replace("client-secret: x", "client-secret-file: '" + secret + "'");

        assertThat(problems(yaml))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("names an empty file"));
        Files.writeString(secret, "s3cret\n");
        assertThat(problems(yaml)).isEmpty();
    }

    @Test
    void problems_emptyConfiguration_issuersAndRoutesAskedFor() {
        assertThat(ConfigChecks.problems(ScopegateConfig.EMPTY))
                .extracting(ConfigProblem::path)
                .containsExactly("routes", "issuers");
    }

    @Test
    void problems_noAudienceAnywhere_refused() {
        assertThat(problems(SOUND.replace("resource: https://api.example.com\n", "")))
                .extracting(ConfigProblem::message)
                .anySatisfy(message -> assertThat(message).contains("no audience"));
    }

    @Test
    void problems_issuerTwice_refused() {
        String twice = SOUND.replace("routes:", "  - issuer: https://login.example.com\n    name: other\nroutes:");

        assertThat(problems(twice)).extracting(ConfigProblem::path).containsExactly("issuers[1].issuer");
    }

    private static List<ConfigProblem> problems(String yaml) {
        return ConfigChecks.problems(
                new ConfigReader().read("scopegate.yaml", yaml, Path.of("")).config());
    }
}
