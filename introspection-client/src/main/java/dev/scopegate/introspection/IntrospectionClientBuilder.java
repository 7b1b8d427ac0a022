package dev.scopegate.introspection;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.scopegate.introspection.authentication.ClientAuthentication;
import dev.scopegate.introspection.http.BoundedHttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** Options of an {@link IntrospectionClient}, each with a default. Not thread-safe. */
public final class IntrospectionClientBuilder {

    private static final Set<String> OWN_PARAMETERS = Set.of(
            "token", "token_type_hint", "client_id", "client_secret", "client_assertion", "client_assertion_type");
    private static final Set<String> OWN_HEADERS = Set.of(
            "accept",
            "accept-encoding",
            "authorization",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "expect",
            "host",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

    final EndpointSource endpoint;
    final Optional<String> endpointIdentity;
    final ClientAuthentication authentication;
    Optional<BoundedHttpClient> http = Optional.empty();
    Duration timeout = Duration.ofSeconds(2);
    int maxConcurrent = 64;
    CacheSettings cache = CacheSettings.defaults();
    InstantSource clock = Clock.systemUTC();
    Ticker ticker = Ticker.systemTicker();
    DoubleSupplier jitter = () -> ThreadLocalRandom.current().nextDouble();
    String name = "introspection";
    IntrospectionListener listener = IntrospectionListener.NONE;
    AnswerForm form = new PlainAnswers();
    Optional<SignedAnswers> signedAnswers = Optional.empty();
    final Map<String, String> parameters = new LinkedHashMap<>();
    final Map<String, String> headers = new LinkedHashMap<>();

    IntrospectionClientBuilder(
            EndpointSource endpoint, Optional<String> endpointIdentity, ClientAuthentication authentication) {
        this.endpoint = endpoint;
        this.endpointIdentity = endpointIdentity;
        this.authentication = authentication;
    }

    /** The HTTP client to use, which stays the caller's to close; default: one of its own. */
    public IntrospectionClientBuilder http(BoundedHttpClient client) {
        this.http = Optional.of(client);
        return this;
    }

    /**
     * How long an introspection may take, from looking the endpoint up to the last byte of the answer; positive, at most an hour,
     * default 2 s.
     */
    public IntrospectionClientBuilder timeout(Duration wholeExchange) {
        if (wholeExchange.isNegative() || wholeExchange.isZero() || wholeExchange.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("timeout is not positive, or longer than an hour: " + wholeExchange);
        }
        this.timeout = wholeExchange;
        return this;
    }

    /**
     * How many calls may be under way at once, at least 1; default 64. One more fails at once. A quarter of them is kept for tokens
     * that were active when they were last asked about, as long as the cache tells which those are.
     */
    public IntrospectionClientBuilder maxConcurrent(int calls) {
        if (calls < 1) {
            throw new IllegalArgumentException("maxConcurrent is not positive: " + calls);
        }
        this.maxConcurrent = calls;
        return this;
    }

    /** For how long answers are kept; default {@link CacheSettings#defaults}. */
    public IntrospectionClientBuilder cache(CacheSettings settings) {
        this.cache = settings;
        return this;
    }

    /** Whether {@link #parameter} takes {@code name}: it is not empty, and not one that the client itself sends. */
    public static boolean takesParameter(String name) {
        return !name.isEmpty() && !OWN_PARAMETERS.contains(name);
    }

    /**
     * A further parameter of the form, such as a tenant (RFC 7662 §2.1 lets a server ask for some).
     *
     * @throws IllegalArgumentException if the name is empty, or one that the client itself sends
     */
    public IntrospectionClientBuilder parameter(String name, String value) {
        if (!takesParameter(name)) {
            throw new IllegalArgumentException("not a parameter that can be added: " + name);
        }
        parameters.put(name, value);
        return this;
    }

    /**
     * Whether {@link #header} takes the field: its name has letters, digits and dashes, its value is printable ASCII, and it is
     * none by which client and server agree on the connection, the form or the credentials.
     */
    public static boolean takesHeader(String name, String value) {
        // A line break would let the value begin a field of its own, or a second request.
        return name.matches("[A-Za-z0-9-]+")
                && value.matches("[\\x20-\\x7E]*")
                && !OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT));
    }

    /**
     * A further header field.
     *
     * @throws IllegalArgumentException if it is one that the client itself sends, or no proper field
     */
    public IntrospectionClientBuilder header(String name, String value) {
        if (!takesHeader(name, value)) {
            throw new IllegalArgumentException("not a header that can be added: " + name);
        }
        headers.put(name, value);
        return this;
    }

    /**
     * That answers have to be signed, and by whom; default: they are plain JSON, for which the connection alone vouches. Then an answer
     * that is not signed is none.
     */
    public IntrospectionClientBuilder signedAnswers(SignedAnswers how) {
        this.signedAnswers = Optional.of(how);
        return this;
    }

    /** Who is told how introspection fares; default: nobody. */
    public IntrospectionClientBuilder listener(IntrospectionListener told) {
        this.listener = told;
        return this;
    }

    /** The wall clock, by which a token expires; default: the system's. */
    public IntrospectionClientBuilder clock(InstantSource source) {
        this.clock = source;
        return this;
    }

    /** The monotonic clock, by which answers grow old and the endpoint rests; default: the system's. */
    public IntrospectionClientBuilder ticker(Ticker source) {
        this.ticker = source;
        return this;
    }

    /** What the endpoint is called in logs; default its host, if its address is fixed. */
    public IntrospectionClientBuilder name(String shown) {
        this.name = shown;
        return this;
    }

    /** How long rests are within their bounds: 0 to 1, 0 for the longest. */
    IntrospectionClientBuilder jitter(DoubleSupplier source) {
        this.jitter = source;
        return this;
    }

    /** A client; close it in the end. */
    public IntrospectionClient build() {
        return new IntrospectionClient(this);
    }

    IntrospectionCalls.Manner manner() {
        return new IntrospectionCalls.Manner(
                endpoint, authentication, form(), Map.copyOf(parameters), Map.copyOf(headers), timeout);
    }

    private AnswerForm form() {
        return signedAnswers
                .<AnswerForm>map(how -> new SignedForm(how, authentication.clientId(), clock))
                .orElse(form);
    }
}
