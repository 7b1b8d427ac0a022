package dev.scopegate.validate.keys;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.JwksConfig;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.config.TlsBundles;
import dev.scopegate.introspection.http.BoundedHttpClient;
import dev.scopegate.introspection.http.Errand;
import dev.scopegate.introspection.http.ExchangeListener;
import dev.scopegate.introspection.metadata.MetadataDiscovery;
import dev.scopegate.model.KeySetStatus;
import dev.scopegate.model.Upkeep;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The ways to the issuers of one configuration: the HTTP client, what each issuer says of itself, and its keys. What a
 * following configuration does not change is handed over to it as it is, so that a reload fetches nothing anew and leaves
 * no gap while an issuer is down. What is handed over is closed by the last one who has it.
 *
 * <p>Safe for concurrent use.
 */
public final class Upstreams implements AutoCloseable {

    /** What has to be equal for keys to be handed over, besides the way to them. */
    private record KeyTerms(String issuerName, String issuer, JwksConfig jwks) {}

    /**
     * The keys of an issuer.
     *
     * @param terms how they are published; empty for a secret that is shared, which is never handed over
     * @param fileText their file as it was when they were made
     */
    private record HeldKeys(Optional<KeyTerms> terms, Optional<String> fileText, Shared<IssuerKeys> keys) {}

    /** What an issuer says of itself, and under which name it was asked. */
    private record HeldMetadata(String issuerName, IssuerMetadata itself) {}

    /**
     * What keys and answers need besides their configuration.
     *
     * @param clock the wall clock, by which tokens expire
     * @param ticker the monotonic clock, by which what is remembered grows old
     * @param schedules when keys are fetched
     * @param upkeep who is told of it
     * @param bundles what the keys {@code ssl-bundle} name
     * @param exchanges who is told of each exchange with an issuer
     */
    public record Environment(
            InstantSource clock,
            Ticker ticker,
            KeySchedule.Factory schedules,
            Upkeep upkeep,
            TlsBundles bundles,
            ExchangeListener exchanges) {

        /** With no bundles, and nobody who is told of exchanges. */
        public Environment(InstantSource clock, Ticker ticker, KeySchedule.Factory schedules, Upkeep upkeep) {
            this(clock, ticker, schedules, upkeep, TlsBundles.NONE, ExchangeListener.NONE);
        }

        /** By the clock of the machine in the background, with nobody listening. */
        public static Environment unobserved(InstantSource clock) {
            return observed(clock, Upkeep.UNOBSERVED);
        }

        /** By the clock of the machine in the background. */
        public static Environment observed(InstantSource clock, Upkeep upkeep) {
            return new Environment(clock, Ticker.systemTicker(), KeySchedule.Factory.BACKGROUND, upkeep);
        }

        /** The same, with what the keys {@code ssl-bundle} name. */
        public Environment with(TlsBundles named) {
            return new Environment(clock, ticker, schedules, upkeep, named, exchanges);
        }

        /** The same, with who is told of each exchange with an issuer. */
        public Environment with(ExchangeListener told) {
            return new Environment(clock, ticker, schedules, upkeep, bundles, told);
        }
    }

    private final HttpTerms terms;
    private final Environment environment;
    private final Shared<BoundedHttpClient> http;
    private final Map<String, HeldMetadata> metadata = new HashMap<>();
    private final Map<String, HeldKeys> keys = new HashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private Upstreams(HttpTerms terms, Environment environment, Shared<BoundedHttpClient> http) {
        this.terms = terms;
        this.environment = environment;
        this.http = http;
    }

    /** The ways to the issuers of {@code config}. Begins to fetch their keys in the background and waits for none. */
    public static Upstreams of(ScopegateConfig config, Environment environment) {
        return over(HttpTerms.of(config.http(), environment.bundles), config, environment);
    }

    private static Upstreams over(HttpTerms terms, ScopegateConfig config, Environment environment) {
        return new Upstreams(terms, environment, connections(terms)).reaching(config, Optional.empty());
    }

    private static Shared<BoundedHttpClient> connections(HttpTerms terms) {
        BoundedHttpClient client = terms.options().build();
        return new Shared<>(client, client::close);
    }

    /**
     * The ways to the issuers of {@code config}, these ones where they are the same. These ones stay open until they are
     * closed, also if this throws.
     */
    public Upstreams successor(ScopegateConfig config) {
        HttpTerms wanted = HttpTerms.of(config.http(), environment.bundles);
        // What was fetched over another way, or past other certificates, is not trusted any further.
        return wanted.equals(terms) && http.hold()
                ? new Upstreams(terms, environment, http).reaching(config, Optional.of(this))
                : over(wanted, config, environment);
    }

    private Upstreams reaching(ScopegateConfig config, Optional<Upstreams> predecessor) {
        try {
            List<String> names = config.issuerNames();
            for (int i = 0; i < names.size(); i++) {
                reach(names.get(i), config.issuers().get(i), predecessor);
            }
            return this;
        } catch (RuntimeException | Error halfWay) {
            close();
            throw halfWay;
        }
    }

    private void reach(String name, IssuerConfig issuer, Optional<Upstreams> predecessor) {
        String identifier = issuer.issuer();
        HeldMetadata held = predecessor
                .flatMap(old -> Optional.ofNullable(old.metadata.get(identifier)))
                .filter(old -> old.issuerName.equals(name))
                .orElseGet(() -> new HeldMetadata(name, discovered(name, identifier)));
        metadata.put(identifier, held);
        Optional<byte[]> secret = issuer.readSharedSecret();
        keys.put(
                identifier,
                secret.map(octets -> shared(octets, issuer.algorithms()))
                        .orElseGet(() ->
                                published(new KeyTerms(name, identifier, issuer.jwks()), held.itself, predecessor)));
    }

    private IssuerMetadata discovered(String name, String identifier) {
        BoundedHttpClient asking = http(Errand.to(name, Errand.Purpose.METADATA, Optional.of(URI.create(identifier))));
        boolean allowInsecureLoopback = terms.config().allowInsecureLoopback();
        return new IssuerMetadata(identifier, new MetadataDiscovery(asking, allowInsecureLoopback), environment.clock);
    }

    /** Read anew each time, as the other secrets are. */
    private static HeldKeys shared(byte[] secret, List<String> algorithms) {
        IssuerKeys key = new SharedKey(secret, algorithms);
        return new HeldKeys(Optional.empty(), Optional.empty(), new Shared<>(key, key::close));
    }

    private HeldKeys published(KeyTerms wanted, IssuerMetadata itself, Optional<Upstreams> predecessor) {
        Optional<String> text = wanted.jwks
                .file()
                .flatMap(file -> Publication.usableText(
                        wanted.issuerName, file.path(), terms.config().maxResponseBytes()));
        return predecessor
                .flatMap(old -> Optional.ofNullable(old.keys.get(wanted.issuer)))
                .filter(old -> old.terms.equals(Optional.of(wanted)))
                // A file that cannot be used, perhaps half-written, is no reason to give up keys that can.
                .filter(old -> text.isEmpty() || text.equals(old.fileText))
                .filter(old -> old.keys.hold())
                .orElseGet(() -> new HeldKeys(Optional.of(wanted), text, fetching(wanted, itself)));
    }

    private Shared<IssuerKeys> fetching(KeyTerms wanted, IssuerMetadata itself) {
        Publication publication = wanted.jwks
                .file()
                .map(file -> Publication.in(file.path(), terms.config().maxResponseBytes()))
                .orElseGet(() -> Publication.over(
                        http(Errand.to(wanted.issuerName, Errand.Purpose.KEYS, wanted.jwks.uri())),
                        wanted.jwks
                                .uri()
                                .<Publication.Address>map(uri -> () -> uri)
                                .orElse(itself::jwksUri)));
        IssuerKeys fresh = FetchedKeys.of(
                wanted.issuerName,
                wanted.jwks,
                publication,
                environment.schedules.of(wanted.issuerName),
                environment.upkeep);
        return new Shared<>(fresh, fresh::close);
    }

    /** The HTTP client for an errand, which is not for others to close. */
    public BoundedHttpClient http(Errand errand) {
        return http.get().toldTo(environment.exchanges, errand);
    }

    /**
     * Another HTTP client like it, for an errand on which it shows a certificate; whoever gets it closes it.
     *
     * @param store holds one private key with its certificate
     * @param password of that key
     * @throws IllegalArgumentException if that is not so
     */
    public BoundedHttpClient showing(KeyStore store, char[] password, Errand errand) {
        return terms.options().clientCertificate(store, password).build().toldTo(environment.exchanges, errand);
    }

    /**
     * Another HTTP client like it for an errand, by what the bundle of this name says over what holds for all; whoever gets it closes it.
     *
     * @throws UncheckedIOException if there is no such bundle that can be used
     */
    public BoundedHttpClient with(String bundle, Errand errand) {
        return terms.options(bundle, environment.bundles).build().toldTo(environment.exchanges, errand);
    }

    /** What the issuer of this identifier says of itself. */
    public IssuerMetadata metadata(String issuer) {
        return Optional.ofNullable(metadata.get(issuer)).orElseThrow().itself;
    }

    /** The keys of the issuer of this identifier, which are not for others to close. */
    public IssuerKeys keys(String issuer) {
        return Optional.ofNullable(keys.get(issuer)).orElseThrow().keys.get();
    }

    /** How it stands with the keys of each issuer that has some fetched. */
    public List<KeySetStatus> keySets() {
        return keys.values().stream()
                .flatMap(held -> held.keys.get().status().stream())
                .toList();
    }

    /** Stops fetching keys and closes connections, but for what was handed over. A second time does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            keys.values().forEach(held -> held.keys.release());
            http.release();
        }
    }
}
