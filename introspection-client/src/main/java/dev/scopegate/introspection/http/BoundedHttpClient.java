package dev.scopegate.introspection.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLContext;

/**
 * An HTTP client that cannot be made to wait, read or wander for long: one deadline for the whole exchange with the last
 * byte of the body included, a limit on the bytes of an answer, and no redirects. An answer in a content encoding is an
 * error, as none is ever asked for.
 *
 * <p>Does not check the status of an answer, nor where an address leads: callers hand over addresses that they trust. Speaks
 * HTTP/1.1, so that giving up an answer means closing its connection. A request to which not a byte was answered before
 * the connection broke is sent once more within the same deadline, and never a third time; nor is a connection that cannot be made
 * tried more than twice. Use it only for requests that change nothing.
 *
 * <p>Failures are {@link IOException}s in fixed words that name the host and nothing else: {@link
 * java.net.http.HttpTimeoutException}, {@link ResponseTooLargeException}, {@link java.net.ConnectException}, {@link
 * javax.net.ssl.SSLException}, {@link java.net.ProtocolException}, or a plain one. An address that is not {@code http} or {@code
 * https} with a host is an {@link IllegalArgumentException}.
 *
 * <p>Safe for concurrent use. Make one and share it: each has threads of its own, all of them daemons, and one for each exchange
 * that is under way. It uses no other, so nobody else's work holds up an answer; how many exchanges are under way is for whoever asks
 * to bound.
 */
public final class BoundedHttpClient implements AutoCloseable {

    /** Of whom nobody hears. */
    private static final Errand NO_ERRAND = new Errand("none", Errand.Purpose.METADATA, Optional.empty());

    private final HttpExchanges exchanges;
    private final Duration exchangeTimeout;
    private final ExchangeListener listener;
    private final Errand errand;

    private BoundedHttpClient(
            HttpExchanges exchanges, Duration exchangeTimeout, ExchangeListener listener, Errand errand) {
        this.exchanges = exchanges;
        this.exchangeTimeout = exchangeTimeout;
        this.listener = listener;
        this.errand = errand;
    }

    /** A builder with the defaults: 1 s to connect, 2 s for an exchange, 262,144 bytes, the JVM's trust. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * This client, on an errand of which {@code told} hears. Threads, connections and limits are the same; closing the one closes
     * the other.
     */
    public BoundedHttpClient toldTo(ExchangeListener told, Errand errand) {
        return new BoundedHttpClient(exchanges, exchangeTimeout, told, errand);
    }

    /** {@code work} for another thread, whose exchanges the listener takes for those of whoever calls this. */
    public Runnable onBehalfOfCaller(Runnable work) {
        return listener.onBehalfOfCaller(work);
    }

    /**
     * Gets {@code uri} and waits for the answer.
     *
     * @param accept the media types for {@code Accept}, such as {@code application/json}
     * @throws InterruptedIOException if the waiting thread is interrupted; it stays so, and the exchange is given up
     */
    public HttpAnswer get(URI uri, String accept) throws IOException {
        CompletableFuture<HttpAnswer> answer = getAsync(uri, accept);
        try {
            return answer.get();
        } catch (InterruptedException interrupted) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + uri.getHost());
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException known
                    ? known
                    : new IOException("the exchange with " + uri.getHost() + " was broken off");
        }
    }

    /**
     * Gets {@code uri}. Cancelling what this returns gives up the exchange; what depends on it runs on the thread that the exchange
     * had, or that of whoever ends it.
     */
    public CompletableFuture<HttpAnswer> getAsync(URI uri, String accept) {
        return exchange(Requests.to(uri, Map.of("Accept", accept)).GET(), exchangeTimeout);
    }

    /**
     * Posts a form, percent-encoded as UTF-8. Cancelling what this returns gives up the exchange; what depends on it runs where it does
     * with {@link #getAsync}.
     *
     * @param form names and values in the order in which they are sent
     * @param headers further header fields, of visible ASCII characters and spaces
     * @param exchangeTimeout the deadline for this exchange, positive
     */
    public CompletableFuture<HttpAnswer> postForm(
            URI uri, Map<String, String> form, Map<String, String> headers, Duration exchangeTimeout) {
        HttpRequest.Builder request = Requests.to(uri, headers)
                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(Requests.encode(form)));
        return exchange(request, exchangeTimeout);
    }

    private CompletableFuture<HttpAnswer> exchange(HttpRequest.Builder request, Duration timeout) {
        if (exchanges.isClosed()) {
            return CompletableFuture.failedFuture(HttpExchanges.closedFailure());
        }
        Told told = Told.beginning(request, listener, errand);
        return exchanges.start(request.build(), timeout, told);
    }

    /**
     * Ends what is under way as failed, and its own threads. The JDK's selector thread and idle connections end when the client
     * is no longer referenced: JDK 17 offers no way to close them.
     */
    @Override
    public void close() {
        exchanges.close();
    }

    /** Options, each with a default. Not thread-safe. */
    public static final class Builder {

        private Duration connectTimeout = Duration.ofSeconds(1);
        private Duration exchangeTimeout = Duration.ofSeconds(2);
        private int maxResponseBytes = 262_144;
        private TlsTerms tls = TlsTerms.OF_THE_JVM;
        private Optional<ProxySelector> proxy = Optional.empty();
        private InstantSource clock = Clock.systemUTC();

        private Builder() {}

        /** How long connecting may take, TLS not included; positive. */
        public Builder connectTimeout(Duration timeout) {
            this.connectTimeout = Requests.positive(timeout, "connectTimeout");
            return this;
        }

        /** How long an exchange may take from its start to the last byte of the answer; positive. */
        public Builder exchangeTimeout(Duration timeout) {
            this.exchangeTimeout = Requests.positive(timeout, "exchangeTimeout");
            return this;
        }

        /** How many bytes the body of an answer may have; at least 1. */
        public Builder maxResponseBytes(int bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("maxResponseBytes is not positive: " + bytes);
            }
            this.maxResponseBytes = bytes;
            return this;
        }

        /**
         * Whom to trust, and what certificate to show, instead of the JVM's defaults. Replaces {@link #trustedCertificates} and
         * {@link #clientCertificate}.
         */
        public Builder sslContext(SSLContext context) {
            this.tls = tls.by(context);
            return this;
        }

        /**
         * Whom to trust instead of those whom the JVM trusts: servers whose certificate is one of these or was issued by one of
         * them. Replaces {@link #sslContext}.
         *
         * @throws IllegalArgumentException if there is none
         */
        public Builder trustedCertificates(Set<X509Certificate> certificates) {
            this.tls = tls.trusting(certificates);
            return this;
        }

        /**
         * The certificate to show to servers that ask for one, with what comes between it and its authority. It is shown whatever
         * authorities a server names, since a server may know the certificate itself. Replaces {@link #sslContext}.
         *
         * @param store holds one private key with its certificate
         * @param password of that key
         * @throws IllegalArgumentException if there is no such key in it, or more than one, or the password does not open it
         */
        public Builder clientCertificate(KeyStore store, char[] password) {
            this.tls = tls.showing(ClientCertificate.in(store, password));
            return this;
        }

        /**
         * The same, by key and certificates.
         *
         * @param key the private key
         * @param chain its certificate, and then each one's issuer; at least one
         * @throws IllegalArgumentException if there is no certificate
         */
        public Builder clientCertificate(PrivateKey key, List<X509Certificate> chain) {
            this.tls = tls.showing(ClientCertificate.of(key, chain));
            return this;
        }

        /**
         * What may be spoken below HTTP, in the names of the JDK; an empty list leaves that to the JVM.
         *
         * @param enabledProtocols such as {@code TLSv1.3}
         * @param cipherSuites such as {@code TLS_AES_256_GCM_SHA384}
         */
        public Builder tlsOptions(List<String> enabledProtocols, List<String> cipherSuites) {
            this.tls = tls.speaking(enabledProtocols, cipherSuites);
            return this;
        }

        /**
         * The HTTP proxy through which every request goes: over a tunnel (CONNECT) to {@code https} addresses. Requests to this
         * very machine ({@code localhost}, {@code 127.…}, {@code [::1]}) do not. A tunnel that the proxy refuses is a failure, or
         * an answer with the proxy's status, which is none of the 200s. Default: what the JVM is set to use.
         *
         * @param address such as {@code http://proxy.example.com:3128}
         * @throws IllegalArgumentException if it is not {@code http} with host and port
         */
        public Builder proxy(URI address) {
            this.proxy = Optional.of(new LoopbackDirect(address));
            return this;
        }

        /** The clock against which a date in {@code Retry-After} is read. */
        public Builder clock(InstantSource source) {
            this.clock = source;
            return this;
        }

        /** A client; close it in the end. */
        public BoundedHttpClient build() {
            HttpExchanges exchanges = new HttpExchanges(this::connections, maxResponseBytes, clock);
            return new BoundedHttpClient(exchanges, exchangeTimeout, ExchangeListener.NONE, NO_ERRAND);
        }

        private void connections(HttpClient.Builder builder) {
            builder.connectTimeout(connectTimeout);
            tls.applyTo(builder);
            proxy.ifPresent(builder::proxy);
        }
    }
}
