package dev.scopegate.container.undertow;

import dev.scopegate.container.ContainerClassLoader;
import dev.scopegate.container.RunningContainer;
import dev.scopegate.container.ServletContainer;
import dev.scopegate.container.UriChecks;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.ResponseCodeHandler;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.FilterInfo;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Undertow, started in this process. It knows neither {@code web.xml} nor web fragments: the application is put together
 * here, and where a {@code scopegate.yaml} lies in it, the filter class is added for all dispatches, before the filters of
 * the application.
 */
final class EmbeddedUndertow implements ServletContainer {

    private static final Logger LOG = Logger.getLogger(EmbeddedUndertow.class.getName());
    private static final String GATE = "gate";

    @Override
    public RunningContainer start(Path application, String contextPath, UriChecks checks) {
        URLClassLoader loader = classesOf(application);
        DeploymentManager deployed =
                Servlets.newContainer().addDeployment(deployment(application, contextPath, loader));
        Optional<HttpHandler> servlets = started(deployed);
        HttpHandler handler = servlets.map(h -> prefixed(contextPath, h)).orElse(new ResponseCodeHandler(404));
        Undertow server = server(handler, checks);
        server.start();
        return new Running(server, deployed, servlets.isPresent(), loader);
    }

    private static DeploymentInfo deployment(Path application, String contextPath, ClassLoader loader) {
        DeploymentInfo deployment = Servlets.deployment()
                .setDeploymentName(application.toString())
                .setContextPath(contextPath.isEmpty() ? "/" : contextPath)
                .setClassLoader(loader)
                .setResourceManager(new PathResourceManager(application));
        if (Files.exists(application.resolve("WEB-INF/scopegate.yaml"))) {
            deployment.addFilter(new FilterInfo(GATE, filterClass(loader)).setAsyncSupported(true));
            for (DispatcherType dispatch : DispatcherType.values()) {
                deployment.addFilterUrlMapping(GATE, "/*", dispatch);
            }
        }
        WebXml.addTo(deployment, application.resolve("WEB-INF/web.xml"), loader);
        return deployment;
    }

    private static Class<? extends Filter> filterClass(ClassLoader loader) {
        try {
            return loader.loadClass("dev.scopegate.servlet.ScopegateFilter").asSubclass(Filter.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An application that does not start is a fact for the test, like one that does. */
    private static Optional<HttpHandler> started(DeploymentManager deployed) {
        try {
            deployed.deploy();
            return Optional.of(deployed.start());
        } catch (ServletException | RuntimeException e) {
            LOG.log(Level.SEVERE, "the application did not start", e);
            return Optional.empty();
        }
    }

    private static HttpHandler prefixed(String contextPath, HttpHandler handler) {
        return contextPath.isEmpty() ? handler : Handlers.path().addPrefixPath(contextPath, handler);
    }

    private static Undertow server(HttpHandler handler, UriChecks checks) {
        Undertow.Builder server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setIoThreads(1)
                .setWorkerThreads(4)
                .setHandler(handler);
        if (checks == UriChecks.RELAXED) {
            server.setServerOption(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
                    .setServerOption(UndertowOptions.DECODE_SLASH, true);
        }
        return server.build();
    }

    private static URLClassLoader classesOf(Path application) {
        Path webInf = application.resolve("WEB-INF");
        try (Stream<Path> jars = Files.list(webInf.resolve("lib"))) {
            List<URL> urls = new ArrayList<>();
            urls.add(webInf.resolve("classes").toUri().toURL());
            for (Path jar : (Iterable<Path>) jars::iterator) {
                urls.add(jar.toUri().toURL());
            }
            return new URLClassLoader(
                    urls.toArray(URL[]::new), new ContainerClassLoader(EmbeddedUndertow.class.getClassLoader()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Running(Undertow server, DeploymentManager deployed, boolean serves, URLClassLoader loader)
            implements RunningContainer {

        @Override
        public int port() {
            return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
        }

        @Override
        public void close() {
            server.stop();
            try {
                if (serves) {
                    deployed.stop();
                    deployed.undeploy();
                }
                loader.close();
            } catch (ServletException | IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
