package dev.scopegate.bench.peer;

import dev.scopegate.ResourceServer;
import dev.scopegate.config.CryptoConfig;
import dev.scopegate.servlet.ScopegateFilter;
import jakarta.servlet.Filter;
import java.util.List;

/**
 * What stands in front of the same API: it lets {@code GET /contacts/**} pass with a token that has {@code read:contacts}, and
 * nothing else. As servlet filters, with all that a user of either has by default.
 */
public enum FilterChains {
    /** Scopegate, which counts requests besides. */
    SCOPEGATE,
    /** The same with opaque tokens, about which it asks their issuer once. */
    SCOPEGATE_OPAQUE,
    /** Spring Security, without sessions and CSRF tokens; nothing is observed. */
    SPRING;

    /** A filter, with what it holds. */
    public record Started(Filter filter, AutoCloseable holds) implements AutoCloseable {

        @Override
        public void close() {
            try {
                holds.close();
            } catch (Exception unclosed) {
                throw new IllegalStateException(unclosed);
            }
        }
    }

    /** The tokens that it takes: JWTs of this algorithm, or opaque ones. */
    public List<String> tokens(SampleTokens tokens, Algorithm algorithm) {
        return this == SCOPEGATE_OPAQUE ? tokens.opaque() : tokens.signedWith(algorithm);
    }

    /** Starts it, for tokens of this algorithm. */
    public Started start(SampleTokens tokens, Algorithm algorithm) {
        return switch (this) {
            case SCOPEGATE -> {
                ResourceServer server = Scopegate.server(tokens, CryptoConfig.Provider.JCA, true);
                yield new Started(new ScopegateFilter(server), server);
            }
            case SCOPEGATE_OPAQUE -> {
                IntrospectionEndpoint endpoint = IntrospectionEndpoint.start(tokens);
                ResourceServer server = Scopegate.asking(endpoint, tokens, true);
                yield new Started(new ScopegateFilter(server), () -> {
                    server.close();
                    endpoint.close();
                });
            }
            case SPRING -> SpringChain.start(Peers.springDecoder(tokens, algorithm));
        };
    }
}
