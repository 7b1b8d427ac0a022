package dev.scopegate.container.jetty;

import dev.scopegate.container.ContainerClassLoader;
import dev.scopegate.container.RunningContainer;
import dev.scopegate.container.ServletContainer;
import dev.scopegate.container.UriChecks;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty, started in this process. */
final class EmbeddedJetty implements ServletContainer {

    private final Consumer<WebAppContext> more;

    /** Jetty as it comes. */
    EmbeddedJetty() {
        this(context -> {});
    }

    /** Jetty whose owner does something more to the application before it starts. */
    EmbeddedJetty(Consumer<WebAppContext> more) {
        this.more = more;
    }

    @Override
    public RunningContainer start(Path application, String contextPath, UriChecks checks) {
        Server server = new Server();
        ServerConnector connector = connector(server, checks);
        server.addConnector(connector);
        WebAppContext context = new WebAppContext(application.toString(), contextPath.isEmpty() ? "/" : contextPath);
        context.setTempDirectory(application.resolveSibling("jetty").toFile());
        context.setClassLoader(ApplicationClassLoader.of(
                context, new ContainerClassLoader(getClass().getClassLoader())));
        context.getServletHandler().setDecodeAmbiguousURIs(checks == UriChecks.RELAXED);
        more.accept(context);
        server.setHandler(context);
        return started(new Running(server, connector, context));
    }

    private static ServerConnector connector(Server server, UriChecks checks) {
        HttpConfiguration http = new HttpConfiguration();
        if (checks == UriChecks.RELAXED) {
            http.setUriCompliance(UriCompliance.UNSAFE);
        }
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        return connector;
    }

    /** Jetty declares that starting and stopping may throw anything. */
    private static Running started(Running running) {
        try {
            running.server().start();
            return running;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private record Running(Server server, ServerConnector connector, WebAppContext context)
            implements RunningContainer {

        @Override
        public int port() {
            return connector.getLocalPort();
        }

        @Override
        public boolean serves() {
            return context.isAvailable();
        }

        @Override
        public void close() {
            try {
                server.stop();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
