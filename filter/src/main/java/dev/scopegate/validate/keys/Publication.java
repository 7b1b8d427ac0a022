package dev.scopegate.validate.keys;

import dev.scopegate.introspection.http.BoundedHttpClient;
import dev.scopegate.introspection.http.HttpAnswer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Where an issuer publishes its JWK Set. */
@FunctionalInterface
interface Publication {

    /**
     * The text of a JWK Set.
     *
     * @param maxAge how long the issuer says that it is good for
     */
    record Published(String text, Optional<Duration> maxAge) {}

    /** Where the set is published over HTTP; asked for anew at each fetch. */
    @FunctionalInterface
    interface Address {
        URI locate() throws IOException;
    }

    /** Reads what is published now. May take as long as the client's deadlines allow. */
    Published read() throws IOException;

    /** Work for another thread that reads, on behalf of whoever calls this. */
    default Runnable onBehalfOfCaller(Runnable work) {
        return work;
    }

    /** Over HTTP; redirects are not followed. */
    static Publication over(BoundedHttpClient http, Address address) {
        return new OverHttp(http, address);
    }

    /** What is published over HTTP. */
    record OverHttp(BoundedHttpClient http, Address address) implements Publication {

        private static final Set<String> MEDIA_TYPES = Set.of("application/jwk-set+json", "application/json");

        @Override
        public Published read() throws IOException {
            HttpAnswer answer = http.get(address.locate(), "application/jwk-set+json, application/json");
            if (answer.status() != 200 || !MEDIA_TYPES.contains(answer.contentType())) {
                throw new IOException("the answer is not a JWK Set: status " + answer.status());
            }
            return new Published(answer.bodyAsUtf8(), answer.maxAge());
        }

        @Override
        public Runnable onBehalfOfCaller(Runnable work) {
            return http.onBehalfOfCaller(work);
        }
    }

    /** In a file of at most {@code maxBytes}. */
    static Publication in(Path file, int maxBytes) {
        return () -> {
            if (Files.size(file) > maxBytes) {
                throw new IOException("the file is larger than " + maxBytes + " bytes");
            }
            return new Published(Files.readString(file), Optional.empty());
        };
    }

    /** The text of the set in a file, if it can be used now. */
    static Optional<String> usableText(String issuerName, Path file, int maxBytes) {
        try {
            String text = in(file, maxBytes).read().text();
            return KeySet.of(new JwkSetReader(issuerName).read(text)).isUsable() ? Optional.of(text) : Optional.empty();
        } catch (IOException unusable) {
            return Optional.empty();
        }
    }
}
