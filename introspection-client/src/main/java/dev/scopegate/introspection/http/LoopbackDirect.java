package dev.scopegate.introspection.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Sends everything through one proxy, but for what is on this very machine: to the proxy, {@code localhost} is another
 * machine, and what is said to it without TLS is not meant for the network. Immutable.
 */
final class LoopbackDirect extends ProxySelector {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]");

    private final Proxy proxy;

    LoopbackDirect(URI address) {
        if (!"http".equalsIgnoreCase(address.getScheme()) || address.getHost() == null || address.getPort() < 1) {
            throw new IllegalArgumentException("the proxy is not an http address with host and port");
        }
        // Not resolved here: the name may come to mean another machine while the client lives.
        this.proxy =
                new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.getHost(), address.getPort()));
    }

    @Override
    public List<Proxy> select(URI target) {
        boolean loopback = target.getHost() != null
                && LOOPBACK.matcher(target.getHost().toLowerCase(Locale.ROOT)).matches();
        return List.of(loopback ? Proxy.NO_PROXY : proxy);
    }

    @Override
    public void connectFailed(URI target, SocketAddress address, IOException failure) {
        // There is no second proxy to try; whoever made the request is told.
    }
}
