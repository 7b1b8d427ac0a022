package dev.scopegate.introspection.authentication;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.scopegate.introspection.http.BoundedHttpClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The resource server shows an access token of its own, which it gets by the client credentials grant and keeps until shortly
 * before it expires. It is renewed ahead, while the old one still serves. One request for a token is under way at a time, whoever
 * waits, and the next one begins a second later at the earliest, so that a storm of calls does not become a storm on the token
 * endpoint. A token that the introspection endpoint refuses is dropped, unless it is younger than a second.
 *
 * <p>Does not look into the token, nor at the scope that was granted. Safe for concurrent use. Its text form hides everything.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.4">RFC 6749 §4.4</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662#section-2.1">RFC 7662 §2.1</a>
 */
public final class BearerToken implements ClientAuthentication {

    /** Between two requests for a token that came to nothing, or whose token the endpoint does not take. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** A token is on its way for a while, and clocks differ: the last tenth of its life is not used, nor more than this. */
    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(30);

    private static final int MARGINS_OF_A_LIFE = 10;

    /** It is renewed when the time that is left has come down to so many margins. */
    private static final int MARGINS_AHEAD = 2;

    private final ClientCredentialsGrant grant;
    private final BoundedHttpClient http;
    private final Ticker ticker;
    private final Object lock = new Object();
    private Optional<Held> held = Optional.empty();
    private Optional<Attempt> latest = Optional.empty();

    /** Times are the ticker's, in nanoseconds. */
    private record Held(OwnToken token, long since) {

        boolean serves(long now) {
            return now - since < life().minus(margin()).toNanos();
        }

        boolean isToBeRenewed(long now) {
            return now - since
                    >= life().minus(margin().multipliedBy(MARGINS_AHEAD)).toNanos();
        }

        private Duration life() {
            return token.lifetime();
        }

        private Duration margin() {
            Duration tenth = life().dividedBy(MARGINS_OF_A_LIFE);
            return tenth.compareTo(LONGEST_MARGIN) < 0 ? tenth : LONGEST_MARGIN;
        }
    }

    /** One request for a token, under way or done. */
    private record Attempt(long since, CompletableFuture<OwnToken> answer) {

        boolean counts(long now) {
            return !answer.isDone() || now - since < PAUSE.toNanos();
        }
    }

    /**
     * A token that is got in this way, when it is first needed.
     *
     * @param http the HTTP client for the token endpoint, which is not closed here
     */
    public BearerToken(ClientCredentialsGrant grant, BoundedHttpClient http) {
        this(grant, http, Ticker.systemTicker());
    }

    /** As {@link #BearerToken(ClientCredentialsGrant, BoundedHttpClient)}, by another monotonic clock. */
    public BearerToken(ClientCredentialsGrant grant, BoundedHttpClient http, Ticker ticker) {
        this.grant = grant;
        this.http = http;
        this.ticker = ticker;
    }

    @Override
    public String clientId() {
        return grant.client().clientId();
    }

    /** Waits for the token endpoint if there is no token yet, or none any more. */
    @Override
    public Presented present(URI endpoint) throws IOException {
        Attempt mine = new Attempt(ticker.read(), new CompletableFuture<>());
        Optional<Attempt> others;
        Optional<Held> serving;
        synchronized (lock) {
            serving = held.filter(token -> token.serves(mine.since));
            if (serving.isPresent() && !serving.get().isToBeRenewed(mine.since)) {
                return shown(serving.get().token);
            }
            others = latest.filter(attempt -> attempt.counts(mine.since));
            latest = others.or(() -> Optional.of(mine));
        }
        if (others.isEmpty()) {
            ask(mine);
        }
        return shown(serving.isPresent() ? serving.get().token : await(others.orElse(mine)));
    }

    private static Presented shown(OwnToken token) {
        return Presented.header("Authorization", "Bearer " + token.value());
    }

    private void ask(Attempt mine) {
        try {
            CompletableFuture<Void> unused = grant.ask(http).handle((token, failure) -> {
                if (failure == null) {
                    keep(new Held(token, mine.since));
                    mine.answer.complete(token);
                } else {
                    mine.answer.completeExceptionally(failure);
                }
                return null;
            });
        } catch (IOException | RuntimeException | Error notAsked) {
            // Whatever it was, those who wait for this attempt must not wait for ever, nor keep others from the next
            // one.
            mine.answer.completeExceptionally(notAsked);
        }
    }

    /** Before those who wait are told, so that whoever comes next finds it. */
    private void keep(Held fresh) {
        synchronized (lock) {
            held = Optional.of(fresh);
        }
    }

    private static OwnToken await(Attempt attempt) throws IOException {
        try {
            return attempt.answer.join();
        } catch (CompletionException failed) {
            // The cause is shared by all who waited; each gets an exception of his own.
            if (failed.getCause() instanceof ClientRefusedException refused) {
                throw new ClientRefusedException(refused.why());
            }
            throw new IOException("there is no access token of our own", failed.getCause());
        }
    }

    @Override
    public void refused() {
        long now = ticker.read();
        synchronized (lock) {
            // Calls that were under way with the old token fail after the new one has come; and an endpoint that takes
            // none at all must not make a token endpoint give one for each call.
            held = held.filter(token -> now - token.since < PAUSE.toNanos());
        }
    }

    @Override
    public String toString() {
        return "BearerToken[hidden]";
    }
}
