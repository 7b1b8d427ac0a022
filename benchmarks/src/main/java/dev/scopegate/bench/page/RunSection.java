package dev.scopegate.bench.page;

import static dev.scopegate.bench.page.Table.number;

import dev.scopegate.bench.peer.Algorithm;
import dev.scopegate.bench.peer.Contenders;
import dev.scopegate.bench.peer.FilterChains;
import dev.scopegate.bench.slow.Jwts;
import dev.scopegate.config.CryptoConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The figures of one JDK. */
final class RunSection {

    private static final Map<Contenders, String> CONTENDERS = contenders();

    private static final List<CryptoConfig.Provider> PROVIDERS =
            List.of(CryptoConfig.Provider.JCA, CryptoConfig.Provider.ACCP, CryptoConfig.Provider.CONSCRYPT);

    private final RunFacts facts;
    private final Results results;

    RunSection(RunFacts facts, Results results) {
        this.facts = facts;
        this.results = results;
    }

    private static Map<Contenders, String> contenders() {
        Map<Contenders, String> names = new LinkedHashMap<>();
        names.put(Contenders.FLOOR, "bare verification by JCA");
        names.put(Contenders.FLOOR_REUSED, "the same, one `Signature` for all");
        names.put(Contenders.SCOPEGATE_VALIDATE, "**Scopegate**, validate");
        names.put(Contenders.SCOPEGATE, "**Scopegate**, the whole decision");
        names.put(Contenders.AUTH0, "auth0 java-jwt, one fixed key");
        names.put(Contenders.JOSE4J, "jose4j");
        names.put(Contenders.NIMBUS, "Nimbus");
        names.put(Contenders.SPRING, "Spring Security, decoder");
        return names;
    }

    String text() {
        return String.join(
                "\n",
                "## " + facts.jdk() + "\n",
                facts.machine() + "; " + facts.date() + "; commit " + facts.commit() + ".",
                facts.versions() + ".",
                rounds() + "\n",
                new Targets(results).table(),
                "### A token never seen before\n",
                firstSeen(),
                "### A token seen before\n",
                seenBefore(),
                "### While introspections hang\n",
                slow(),
                "### Over HTTP\n",
                http(),
                "### By provider\n",
                providers());
    }

    /** Few rounds say little, so the page says how many there were. */
    private String rounds() {
        return "Rounds: "
                + results.sha256(FilterChains.SCOPEGATE).rounds().size() + " in memory, "
                + results.byProvider(Contenders.FLOOR, Algorithm.RS256, CryptoConfig.Provider.JCA)
                        .rounds()
                        .size()
                + " by provider, "
                + results.alone(Jwts.SEEN_BEFORE, "p50").rounds().size() + " with slow introspections, "
                + results.http(FilterChains.SCOPEGATE, "cpu").rounds().size() + " over HTTP.";
    }

    private String firstSeen() {
        Table table = new Table("", "RS256 µs", "times the floor", "ES256 µs", "times the floor");
        CONTENDERS.forEach((contender, name) -> {
            Series rsa = results.firstSeen(contender, Algorithm.RS256);
            Series ec = results.firstSeen(contender, Algorithm.ES256);
            table.row(
                    name,
                    number(rsa.median()),
                    number(rsa.times(results.firstSeen(Contenders.FLOOR, Algorithm.RS256))
                            .median()),
                    number(ec.median()),
                    number(ec.times(results.firstSeen(Contenders.FLOOR, Algorithm.ES256))
                            .median()));
        });
        return table.toString();
    }

    private String seenBefore() {
        Table table = new Table("", "µs", "times SHA-256 of the token", "bytes allocated");
        table.row(
                "one SHA-256 of a JWT",
                number(results.sha256(FilterChains.SCOPEGATE).median()),
                "1",
                "");
        seenBefore(table, FilterChains.SCOPEGATE, "**Scopegate**, a JWT");
        seenBefore(table, FilterChains.SPRING, "Spring Security, a JWT");
        table.row(
                "one SHA-256 of an opaque token",
                number(results.sha256(FilterChains.SCOPEGATE_OPAQUE).median()),
                "1",
                "");
        seenBefore(table, FilterChains.SCOPEGATE_OPAQUE, "**Scopegate**, an opaque token");
        return table.toString();
    }

    private void seenBefore(Table table, FilterChains chain, String name) {
        Series cost = results.seenBefore(chain);
        table.row(
                name,
                number(cost.median()),
                number(cost.times(results.sha256(chain)).median()),
                number(results.allocated(chain).median()));
    }

    private String slow() {
        Table table = new Table("a decision", "alone µs", "while 64 hang µs", "times");
        for (Jwts jwts : Jwts.values()) {
            String name = jwts == Jwts.SEEN_BEFORE ? "a JWT seen before" : "a JWT never seen before";
            for (String figure : List.of("p50", "p99")) {
                Series alone = results.alone(jwts, figure);
                Series beside = results.besideSlowOnes(jwts, figure);
                table.row(
                        name + ", " + figure,
                        number(alone.median()),
                        number(beside.median()),
                        number(beside.times(alone).median()));
            }
        }
        return table.toString();
    }

    private String http() {
        Table table = new Table("", "CPU µs a request", "times bare", "p50 µs", "p99 µs");
        http(table, FilterChains.SCOPEGATE, "**Scopegate**");
        http(table, FilterChains.SPRING, "Spring Security");
        return table.toString();
    }

    private void http(Table table, FilterChains chain, String name) {
        table.row(
                "nothing in front of the API",
                number(results.bareHttp(chain, "cpu").median()),
                "1",
                number(results.bareHttp(chain, "p50").median()),
                number(results.bareHttp(chain, "p99").median()));
        Series cpu = results.http(chain, "cpu");
        table.row(
                name + ", on the same server",
                number(cpu.median()),
                number(cpu.times(results.bareHttp(chain, "cpu")).median()),
                number(results.http(chain, "p50").median()),
                number(results.http(chain, "p99").median()));
    }

    private String providers() {
        Table table = new Table("`crypto.provider`", "RS256", "PS256", "ES256", "EdDSA");
        for (CryptoConfig.Provider provider : PROVIDERS) {
            row(table, provider, Contenders.FLOOR, "bare verification");
            row(table, provider, Contenders.SCOPEGATE_VALIDATE, "**Scopegate**, validate");
            if (provider != CryptoConfig.Provider.CONSCRYPT) {
                row(table, provider, Contenders.NIMBUS, "Nimbus");
            }
        }
        return table.toString();
    }

    private void row(Table table, CryptoConfig.Provider provider, Contenders contender, String name) {
        table.row(Stream.concat(
                        Stream.of("`" + provider.name().toLowerCase(Locale.ROOT) + "`: " + name),
                        Stream.of(Algorithm.values())
                                .map(algorithm -> number(results.byProvider(contender, algorithm, provider)
                                        .median())))
                .toArray(String[]::new));
    }
}
