package dev.scopegate.bench.page;

import dev.scopegate.bench.peer.Algorithm;
import dev.scopegate.bench.peer.Contenders;
import dev.scopegate.bench.peer.FilterChains;
import dev.scopegate.bench.slow.Jwts;
import dev.scopegate.config.CryptoConfig;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What we promised ourselves, beside what was measured. */
final class Targets {

    private static final DecimalFormatSymbols SYMBOLS = DecimalFormatSymbols.getInstance(Locale.ROOT);
    private static final List<Contenders> PEERS =
            List.of(Contenders.AUTH0, Contenders.JOSE4J, Contenders.NIMBUS, Contenders.SPRING);

    /** One promise. */
    private record Target(String what, String aim, Optional<Double> measured, boolean met) {

        static Target atMost(String what, double limit, Optional<Double> measured) {
            return new Target(
                    what,
                    "at most " + new DecimalFormat("#,##0.##", SYMBOLS).format(limit),
                    measured,
                    measured.filter(value -> value <= limit).isPresent());
        }

        static Target atLeast(String what, double limit, Optional<Double> measured) {
            return new Target(
                    what,
                    "at least " + new DecimalFormat("#,##0.##", SYMBOLS).format(limit),
                    measured,
                    measured.filter(value -> value >= limit).isPresent());
        }
    }

    private final List<Target> targets = new ArrayList<>();
    private final Results results;

    Targets(Results results) {
        this.results = results;
        firstSeen(Algorithm.RS256, 1.12);
        firstSeen(Algorithm.ES256, 1.05);
        targets.add(Target.atMost(
                "RS256 by ACCP, `validate`: times the bare verification by ACCP",
                1.3,
                results.byProvider(Contenders.SCOPEGATE_VALIDATE, Algorithm.RS256, CryptoConfig.Provider.ACCP)
                        .times(results.byProvider(Contenders.FLOOR, Algorithm.RS256, CryptoConfig.Provider.ACCP))
                        .median()));
        targets.add(Target.atMost(
                "ES256 by ACCP, `validate`: µs",
                100,
                results.byProvider(Contenders.SCOPEGATE_VALIDATE, Algorithm.ES256, CryptoConfig.Provider.ACCP)
                        .median()));
        seenBefore();
        for (Jwts jwts : Jwts.values()) {
            whileIntrospectionsHang(jwts, "p50");
            whileIntrospectionsHang(jwts, "p99");
        }
        targets.add(Target.atMost(
                "Over HTTP: times the CPU time of the bare servlet",
                1.15,
                results.http(FilterChains.SCOPEGATE, "cpu")
                        .times(results.bareHttp(FilterChains.SCOPEGATE, "cpu"))
                        .median()));
    }

    private void firstSeen(Algorithm algorithm, double limit) {
        Series ours = results.firstSeen(Contenders.SCOPEGATE_VALIDATE, algorithm);
        targets.add(Target.atMost(
                algorithm + ", first seen, `validate`: times the bare verification",
                limit,
                ours.times(results.firstSeen(Contenders.FLOOR, algorithm)).median()));
        Optional<Double> closest = PEERS.stream()
                .flatMap(peer -> ours.times(results.firstSeen(peer, algorithm)).median().stream())
                .max(Double::compare);
        targets.add(Target.atMost(algorithm + ", first seen, `validate`: times the quickest peer", 1, closest));
    }

    private void seenBefore() {
        Series ours = results.seenBefore(FilterChains.SCOPEGATE);
        targets.add(Target.atMost(
                "Seen before, the whole filter: times one SHA-256 of the token",
                2.5,
                ours.times(results.sha256(FilterChains.SCOPEGATE)).median()));
        targets.add(Target.atMost(
                "Seen before, the whole filter: bytes allocated",
                4_000,
                results.allocated(FilterChains.SCOPEGATE).median()));
        targets.add(Target.atLeast(
                "Seen before: Spring Security's chain costs how many times ours",
                40,
                results.seenBefore(FilterChains.SPRING).times(ours).median()));
        targets.add(Target.atMost(
                "Opaque token seen before, the whole filter: times the same with a JWT",
                1,
                results.seenBefore(FilterChains.SCOPEGATE_OPAQUE).times(ours).median()));
    }

    private void whileIntrospectionsHang(Jwts jwts, String figure) {
        targets.add(Target.atMost(
                (jwts == Jwts.SEEN_BEFORE ? "JWT seen before" : "JWT first seen")
                        + ", while 64 introspections hang: times its own " + figure + " without them",
                1.2,
                results.besideSlowOnes(jwts, figure)
                        .times(results.alone(jwts, figure))
                        .median()));
    }

    String table() {
        Table table = new Table("target", "aim", "measured", "");
        targets.forEach(target -> table.row(
                target.what,
                target.aim,
                Table.number(target.measured),
                target.measured.isEmpty() ? "not measured" : target.met ? "met" : "**not met**"));
        return table.toString();
    }
}
