package dev.scopegate.container.tomcat;

import dev.scopegate.container.ContainerClassLoader;
import dev.scopegate.container.RunningContainer;
import dev.scopegate.container.ServletContainer;
import dev.scopegate.container.UriChecks;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;

/** Tomcat, started in this process. */
final class EmbeddedTomcat implements ServletContainer {

    @Override
    public RunningContainer start(Path application, String contextPath, UriChecks checks) {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(application.resolveSibling("tomcat").toString());
        tomcat.setConnector(connector(checks));
        Context context = tomcat.addWebapp(contextPath, application.toString());
        context.setParentClassLoader(new ContainerClassLoader(getClass().getClassLoader()));
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
        return new Running(tomcat, context);
    }

    private static Connector connector(UriChecks checks) {
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        if (checks == UriChecks.RELAXED) {
            connector.setAllowBackslash(true);
            connector.setEncodedSolidusHandling(EncodedSolidusHandling.DECODE.getValue());
            connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.DECODE.getValue());
            connector.setProperty("relaxedPathChars", "\"<>[\\]^`{|}");
            connector.setProperty("relaxedQueryChars", "\"<>[\\]^`{|}");
        }
        return connector;
    }

    private record Running(Tomcat tomcat, Context context) implements RunningContainer {

        @Override
        public int port() {
            return tomcat.getConnector().getLocalPort();
        }

        @Override
        public boolean serves() {
            return context.getState().isAvailable();
        }

        @Override
        public void close() {
            try {
                tomcat.stop();
                tomcat.destroy();
            } catch (LifecycleException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
