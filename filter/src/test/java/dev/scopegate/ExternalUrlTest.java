package dev.scopegate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.IpNetwork;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.config.ScopegateConfigBuilder;
import dev.scopegate.model.Surroundings;
import dev.scopegate.test.Requirement;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalUrlTest {

    private static final String PROXY = "10.0.0.1";
    private static final String FALLBACK = "https://api.example.com";

    private static final ScopegateConfig BEHIND_PROXY = ScopegateConfigBuilder.builder()
            .resource("https://api.example.com/contacts")
            .trustedProxies(List.of(IpNetwork.of("10.0.0.0/8"), IpNetwork.of("::1"), IpNetwork.of("fe80::/10")))
            .build();

    @ParameterizedTest(name = "{0}")
    @Requirement("RFC7239 §4")
    @CsvSource(
            delimiter = '!',
            value = {
                "the standard field       ! proto=https;host=shop.example                    ! https://shop.example",
                "in any order and case    ! Host=Shop.Example;for=192.0.2.1;PROTO=HTTPS      ! https://shop.example",
                "in quotes, with a port   ! proto=https;host=\"shop.example:8443\"           ! https://shop.example:8443",
                "with the implied port    ! proto=https;host=\"shop.example:443\"            ! https://shop.example",
                "with the other one's     ! proto=http;host=\"shop.example:443\"             ! http://shop.example:443",
                "version 6                ! proto=https;host=\"[2001:DB8::1]:8443\"          ! https://[2001:db8::1]:8443",
                "version 4                ! proto=http;host=192.0.2.7                        ! http://192.0.2.7",
                "client of version 6      ! for=\"[2001:db8::2]:47011\";proto=https;host=a.b ! https://a.b",
                "several hops             ! proto=http;host=evil.example, proto=https;host=shop.example ! https://shop.example",
                "an empty pair            ! proto=https;;host=shop.example;                  ! https://shop.example",
            })
    void base_forwardedByATrustedProxy_believed(String name, String forwarded, String base) {
        assertThat(base(Map.of("forwarded", forwarded))).isEqualTo(base);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '!',
            value = {
                "host and scheme    ! https       ! shop.example               ! ''    ! ''      ! https://shop.example",
                "port of its own    ! https       ! shop.example:8443          ! 443   ! ''      ! https://shop.example:8443",
                "port beside it     ! https       ! shop.example               ! 8443  ! ''      ! https://shop.example:8443",
                "implied port       ! https       ! shop.example               ! 443   ! ''      ! https://shop.example",
                "implied, plain     ! http        ! shop.example               ! 80    ! ''      ! http://shop.example",
                "the other one's    ! http        ! shop.example               ! 443   ! ''      ! http://shop.example:443",
                "version 6          ! https       ! [2001:db8::1]              ! 8443  ! ''      ! https://[2001:db8::1]:8443",
                "a prefix           ! https       ! shop.example               ! ''    ! /api    ! https://shop.example/api",
                "a prefix, slash    ! https       ! shop.example               ! ''    ! /api/   ! https://shop.example/api",
                "prefix of a slash  ! https       ! shop.example               ! ''    ! /       ! https://shop.example",
                "longer prefix      ! https       ! shop.example               ! ''    ! /a/b.c  ! https://shop.example/a/b.c",
                "two hops           ! https, http ! evil.example, shop.example ! 1, 80 ! /x, /y  ! http://shop.example/y",
                "spaces             ! ' https '   ! ' shop.example '           ! ''    ! ''      ! https://shop.example",
            })
    void base_commonFieldsOfATrustedProxy_believed(
            String name, String proto, String host, String port, String prefix, String base) {
        assertThat(base(fields(proto, host, port, prefix))).isEqualTo(base);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\", error=\"x",
                "evil.example/..",
                "evil.example/",
                "user@evil.example",
                "user:pw@evil.example",
                "evil.example\r\nX-Evil: 1",
                "evil.example?x",
                "evil.example#x",
                "evil.example\\x",
                "evil example",
                "evil.example:0",
                "evil.example:65536",
                "evil.example:99999",
                "evil.example:",
                "evil.example:-1",
                "evil.example:8a",
                "[::::]",
                "[1:2]",
                "[::1",
                "::1",
                "[::1]x",
                "[]",
                "..",
                ".",
                "-",
                "-evil.example",
                "evil..example",
                "evil_example",
                "%65vil.example",
                "évil.example",
                "evil.example,",
                ",",
                "\u0000",
                "*",
                "[::ffff:evil]",
                "evil.example;proto=https",
                "1.2.3.4.5",
                "<script>",
                "\"evil.example\""
            })
    void base_hostThatIsNone_resourceNamesTheOrigin(String host) {
        Map<String, List<String>> common =
                Map.of("x-forwarded-proto", List.of("https"), "x-forwarded-host", List.of(host));

        assertThat(url(BEHIND_PROXY, PROXY, "", common)).contains(URI.create(FALLBACK));
        assertThat(base(Map.of("forwarded", "proto=https;host=\"" + host.replace("\"", "\\\"") + "\"")))
                .isEqualTo(FALLBACK);
    }

    @ParameterizedTest
    @ValueSource(ints = {254, 10_000, 1_000_000})
    void base_endlessValues_resourceNamesTheOrigin(int length) {
        String endless = "a".repeat(length);

        assertThat(base(fields("https", endless, "", ""))).isEqualTo(FALLBACK);
        assertThat(base(fields("https", "shop.example", "1".repeat(length), "")))
                .isEqualTo(FALLBACK);
        assertThat(base(fields("https", "shop.example", "", "/" + endless))).isEqualTo(FALLBACK);
        assertThat(base(fields("https", "shop.example", "", "/a".repeat(length))))
                .isEqualTo(FALLBACK);
        assertThat(base(Map.of("forwarded", "proto=https;host=" + endless))).isEqualTo(FALLBACK);
        assertThat(base(Map.of("forwarded", "proto=https;host=a.b" + ";x=y".repeat(length))))
                .isEqualTo(FALLBACK);
        assertThat(base(Map.of("forwarded", "proto=https;host=\"" + ",".repeat(length))))
                .isEqualTo(FALLBACK);
    }

    @ParameterizedTest(name = "{0}")
    @Requirement("RFC7239 §4")
    @CsvSource(
            delimiter = '!',
            value = {
                "no host               ! proto=https",
                "no scheme             ! host=evil.example",
                "another scheme        ! proto=javascript;host=evil.example",
                "host twice            ! proto=https;host=a.example;host=evil.example",
                "a cut quoted text     ! for=\"x,proto=https;host=evil.example\"",
                "a cut one, closed     ! for=\"x,proto=https;host=evil.example;y=\"",
                "an escape in quotes   ! proto=https;host=\"evil\\.example\"",
                "no pair               ! proto=https;host=evil.example;x",
                "an empty value        ! proto=https;host=",
                "the last hop is empty ! proto=https;host=evil.example,",
            })
    void base_brokenForwarded_resourceNamesTheOrigin(String name, String forwarded) {
        assertThat(base(Map.of("forwarded", forwarded))).isEqualTo(FALLBACK);
    }

    @ParameterizedTest
    @CsvSource({
        "ftp,   shop.example, '',  ''",
        "'',    shop.example, '',  ''",
        "https, '',           '',  ''",
        "https, shop.example, 0,   ''",
        "https, shop.example, x,   ''",
        "https, shop.example, 1e3, ''",
        "https, shop.example, '',  api",
        "https, shop.example, '',  //evil.example",
        "https, shop.example, '',  /..",
        "https, shop.example, '',  /a/../b",
        "https, shop.example, '',  /./b",
        "https, shop.example, '',  /%2e%2e",
        "https, shop.example, '',  /a?b",
        "https, shop.example, '',  /a\"b",
        "https, shop.example, '',  /a b",
        "https, shop.example, '',  /a;b",
    })
    void base_brokenCommonField_resourceNamesTheOrigin(String proto, String host, String port, String prefix) {
        assertThat(base(fields(proto, host, port, prefix))).isEqualTo(FALLBACK);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "proto=https;host=shop.example ! https ! shop.example ! https://shop.example",
                "proto=https;host=shop.example ! https ! SHOP.example:443 ! https://shop.example",
                "proto=https;host=evil.example ! https ! shop.example ! https://api.example.com",
                "proto=http;host=shop.example  ! https ! shop.example ! https://api.example.com",
                "for=192.0.2.1                 ! https ! shop.example ! https://shop.example",
                "proto=https;host=shop.example ! https ! ''           ! https://shop.example",
            })
    void base_bothKindsOfFields_believedUnlessTheyContradictEachOther(
            String forwarded, String proto, String host, String base) {
        Map<String, List<String>> fields = new HashMap<>(values(fields(proto, host, "", "")));
        fields.put("forwarded", List.of(forwarded));

        assertThat(url(BEHIND_PROXY, PROXY, "", fields)).contains(URI.create(base));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1,           true",
        "10.255.255.255,     true",
        "11.0.0.1,           false",
        "::1,                true",
        "[::1],              true",
        "0:0:0:0:0:0:0:1,    true",
        "[0:0:0:0:0:0:0:1],  true",
        "::ffff:10.0.0.1,    true",
        "fe80::1%eth0,       true",
        "[fe80::1%2],        true",
        "::2,                false",
        "'',                 false",
        "'[]',               false",
        "unknown,            false",
        "null,               false",
        "localhost,          false",
        "proxy.example.com,  false",
        "10,                 false",
        "%,                  false",
    })
    void base_peer_believedIfItIsATrustedProxy(String peer, boolean believed) {
        Map<String, List<String>> fields = values(fields("https", "shop.example", "", "/api"));

        assertThat(url(BEHIND_PROXY, peer, "", fields))
                .contains(URI.create(believed ? "https://shop.example/api" : FALLBACK));
    }

    @Test
    void base_severalFieldLines_lastOneCounts() {
        assertThat(url(
                        BEHIND_PROXY,
                        PROXY,
                        "",
                        Map.of(
                                "x-forwarded-proto",
                                List.of("http", "https"),
                                "x-forwarded-host",
                                List.of("evil.example", "a.example, shop.example"))))
                .contains(URI.create("https://shop.example"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example.com,          https://api.example.com",
        "https://api.example.com/,         https://api.example.com",
        "https://api.example.com/app,      https://api.example.com/app",
        "https://api.example.com:8443/a/,  https://api.example.com:8443/a",
    })
    void base_externalUrlConfigured_nothingElseCounts(String external, String base) {
        ScopegateConfig config = ScopegateConfigBuilder.builder(BEHIND_PROXY)
                .externalUrl(external)
                .build();

        assertThat(url(config, PROXY, "/context", values(fields("https", "shop.example", "", "/api"))))
                .contains(URI.create(base));
        assertThat(url(config, "192.0.2.1", "/context", Map.of())).contains(URI.create(base));
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example.com/contacts,        '',       https://api.example.com",
        "https://api.example.com/contacts,        /app,     https://api.example.com/app",
        "https://api.example.com/contacts,        /a/b~c-1, https://api.example.com/a/b~c-1",
        "https://api.example.com:8443/contacts,   '',       https://api.example.com:8443",
        "HTTPS://API.Example.com:443/contacts,    '',       https://api.example.com",
        "https://u:secret@api.example.com/,       '',       https://api.example.com",
        "http://[::1]:8080/contacts,              /app,     http://[::1]:8080/app",
        "https://api.example.com/contacts,        /%61pp,   ",
        "https://api.example.com/contacts,        /a;x=y,   ",
        "https://api.example.com/contacts,        /a\"b,    ",
        "https://api.example.com/contacts,        /..,      ",
        "https://api.example.com/contacts,        //evil,   ",
        "urn:example:contacts,                    '',       ",
        "api://contacts,                          /app,     ",
        "mailto:contacts@example.com,             '',       ",
    })
    void base_resourceAndContextPath_orNothing(String resource, String contextPath, String base) {
        ScopegateConfig config =
                ScopegateConfigBuilder.builder().resource(resource).build();

        assertThat(url(config, "192.0.2.1", contextPath, Map.of()))
                .isEqualTo(Optional.ofNullable(base).map(URI::create));
    }

    @Test
    void base_resourceIsNoUrl_proxySaysWhereItIs() {
        ScopegateConfig config = ScopegateConfigBuilder.builder(BEHIND_PROXY)
                .resource("urn:example:contacts")
                .build();
        Map<String, List<String>> fields = values(fields("https", "shop.example", "", ""));

        assertThat(url(config, PROXY, "/app", fields)).contains(URI.create("https://shop.example/app"));
        assertThat(url(config, "192.0.2.1", "/app", fields)).isEmpty();
    }

    @Test
    void base_nothingKnown_empty() {
        assertThat(new ExternalUrl(ScopegateConfig.EMPTY).base(Surroundings.NONE))
                .isEmpty();
    }

    private static String base(Map<String, String> fields) {
        return url(BEHIND_PROXY, PROXY, "", values(fields)).orElseThrow().toString();
    }

    private static Optional<URI> url(
            ScopegateConfig config, String peer, String contextPath, Map<String, List<String>> fields) {
        return new ExternalUrl(config).base(new Surroundings("", contextPath, peer, fields));
    }

    private static Map<String, List<String>> values(Map<String, String> fields) {
        Map<String, List<String>> values = new HashMap<>();
        fields.forEach((name, value) -> values.put(name, List.of(value)));
        return values;
    }

    /** The fields that are not empty. */
    private static Map<String, String> fields(String proto, String host, String port, String prefix) {
        Map<String, String> fields = new HashMap<>(Map.of(
                "x-forwarded-proto", proto,
                "x-forwarded-host", host,
                "x-forwarded-port", port,
                "x-forwarded-prefix", prefix));
        fields.values().removeIf(String::isEmpty);
        return fields;
    }
}
