package dev.scopegate.bench.turns;

import dev.scopegate.bench.peer.Algorithm;
import dev.scopegate.bench.peer.FilterChains;
import dev.scopegate.bench.peer.PlainRequest;
import dev.scopegate.bench.peer.PlainResponse;
import dev.scopegate.bench.peer.SampleTokens;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The whole filter on a request whose token was seen before, one of a thousand: from the servlet request to the call of the API.
 * One filter chain to a JVM, as it would be, with one SHA-256 of the token as the floor. Not thread-safe.
 */
final class SeenBefore implements AutoCloseable {

    private static final int TOKENS = 1_000;

    private final FilterChains.Started started;
    private final List<Participant> participants;
    private int passed;
    private final FilterChain api = (request, response) -> passed++;

    SeenBefore(SampleTokens sample, FilterChains chain) {
        started = chain.start(sample, Algorithm.RS256);
        participants = List.of(
                digesting(TurnsRun.SHA256, some(sample.signedWith(Algorithm.RS256))),
                digesting(TurnsRun.SHA256_OF_OPAQUE, some(sample.opaque())),
                filtering(chain, some(chain.tokens(sample, Algorithm.RS256))));
    }

    private static List<String> some(List<String> tokens) {
        return tokens.subList(0, Math.min(TOKENS, tokens.size()));
    }

    private static Participant digesting(String name, List<String> tokens) {
        Rotation<String> rotation = new Rotation<>(tokens);
        return new Participant(name, () -> sha256(rotation.next()).length > 0);
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private Participant filtering(FilterChains chain, List<String> tokens) {
        List<List<String>> fields =
                tokens.stream().map(token -> List.of("Bearer " + token)).toList();
        // From here on, each was seen.
        fields.forEach(field -> {
            if (!passes(field)) {
                throw new IllegalStateException(chain + " refuses a good token");
            }
        });
        Rotation<List<String>> rotation = new Rotation<>(fields);
        return new Participant(chain.name(), () -> passes(rotation.next()));
    }

    private boolean passes(List<String> field) {
        int before = passed;
        try {
            started.filter().doFilter(new PlainRequest(field), new PlainResponse(), api);
        } catch (IOException | ServletException failed) {
            throw new IllegalStateException(failed);
        }
        return passed == before + 1;
    }

    List<Participant> participants() {
        return participants;
    }

    @Override
    public void close() {
        started.close();
    }
}
