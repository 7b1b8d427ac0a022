package dev.scopegate.introspection.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A TLS server that talks to one client alone, whose certificate it knows: it answers each request with an active token. */
public final class DemandingServer implements AutoCloseable {

    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            + "Content-Length: 15\r\nConnection: close\r\n\r\n{\"active\":true}";

    private final SSLServerSocket listener;
    private final List<X509Certificate> seen = new CopyOnWriteArrayList<>();

    private DemandingServer(SSLServerSocket listener) {
        this.listener = listener;
        Thread thread = new Thread(this::accept, "demanding-server");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * One that is already listening.
     *
     * @param own what it shows itself
     * @param known the client that it takes
     * @param named whose certificates it says that it takes
     * @param protocol {@code TLSv1.2} or {@code TLSv1.3}
     */
    public static DemandingServer start(
            OwnCertificate own, X509Certificate known, List<X509Certificate> named, String protocol)
            throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own.store(), OwnCertificate.PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), new TrustManager[] {new One(known, named)}, null);
        SSLServerSocket listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listener.setNeedClientAuth(true);
        listener.setEnabledProtocols(new String[] {protocol});
        return new DemandingServer(listener);
    }

    public URI uri() {
        return URI.create("https://localhost:" + listener.getLocalPort() + "/introspect");
    }

    /** The certificates of those that got an answer. */
    public List<X509Certificate> seen() {
        return List.copyOf(seen);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (SSLSocket connection = (SSLSocket) listener.accept()) {
                serve(connection);
            } catch (IOException refusedOrClosed) {
                // The client is told by TLS itself.
            }
        }
    }

    private void serve(SSLSocket connection) throws IOException {
        X509Certificate shown = (X509Certificate) connection.getSession().getPeerCertificates()[0];
        InputStream in = connection.getInputStream();
        StringBuilder request = new StringBuilder();
        int length = 0;
        while (request.indexOf("\r\n\r\n") < 0 || request.length() < length) {
            int next = in.read();
            if (next < 0) {
                return;
            }
            request.append((char) next);
            if (request.indexOf("\r\n\r\n") == request.length() - 4) {
                length = request.length() + body(request.toString());
            }
        }
        seen.add(shown);
        connection.getOutputStream().write(ANSWER.getBytes(US_ASCII));
    }

    private static int body(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    /** Takes one certificate, whoever issued it. */
    private record One(X509Certificate known, List<X509Certificate> named) implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            if (!chain[0].equals(known)) {
                throw new CertificateException("another client");
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("this is a server itself");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return named.toArray(new X509Certificate[0]);
        }
    }
}
