package dev.scopegate;

import dev.scopegate.config.RouteConfig;
import dev.scopegate.config.ScopegateConfig;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Compares the scopes of the rules with those that the issuers advertise: one that nobody can ask for is most likely misspelt,
 * and its route closed to everyone. In the background, since issuers may be slow or down; asked some times, and then no more.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414#section-2">RFC 8414 §2</a>
 */
final class AdvertisedScopes {

    private static final int ATTEMPTS = 8;

    private final PolicyInForce inForce;
    private final ScheduledExecutorService timer;
    private final Consumer<String> warn;

    AdvertisedScopes(PolicyInForce inForce, ScheduledExecutorService timer, Consumer<String> warn) {
        this.inForce = inForce;
        this.timer = timer;
        this.warn = warn;
    }

    /** Looks as soon as the issuers answer. */
    void lookSoon() {
        attempt(1);
    }

    private void attempt(int number) {
        try {
            ScheduledFuture<?> unused = timer.schedule(
                    () -> {
                        if (!look() && number < ATTEMPTS) {
                            attempt(number + 1);
                        }
                    },
                    1L << number,
                    TimeUnit.SECONDS);
        } catch (RejectedExecutionException closed) {
            // The server is closed, and nobody wants to know any more.
        }
    }

    /** Whether the issuers could be asked. */
    boolean look() {
        Policy policy = inForce.current();
        if (!policy.acquire()) {
            return false;
        }
        try {
            Optional<Set<String>> advertised = policy.advertisedScopes();
            advertised.ifPresent(scopes -> missing(policy.config(), scopes).forEach(warn));
            return true;
        } catch (IOException unavailable) {
            return false;
        } finally {
            policy.release();
        }
    }

    private static List<String> missing(ScopegateConfig config, Set<String> advertised) {
        if (config.routes().stream().flatMap(RouteConfig::namedScopes).noneMatch(advertised::contains)) {
            // Some servers advertise the scopes of logins alone, which says nothing of an API's.
            return List.of();
        }
        return config.routes().stream()
                .flatMap(route -> route.namedScopes()
                        // Roles and the like are granted by claims; they are no scopes to an issuer.
                        .filter(scope -> !advertised.contains(scope) && !config.isMappedFromClaim(scope))
                        .map(scope -> "No issuer advertises the scope '" + scope + "' of '" + route.route()
                                + "'; if it is misspelt, nobody can use that route"))
                .distinct()
                .toList();
    }
}
