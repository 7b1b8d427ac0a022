package dev.scopegate.container.jetty;

import dev.scopegate.container.Deployment;
import dev.scopegate.container.UpgradeContract;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.junit.jupiter.api.Nested;

/** A WebSocket of Jetty's own kind in the contacts application. */
final class JettyWebSocketIT {

    @Nested
    final class ByWebFragment extends UpgradeContract {
        ByWebFragment() {
            super(new EmbeddedJetty(JettyWebSocketIT::addFeed), Deployment.WEB_FRAGMENT);
        }
    }

    @Nested
    final class ByWebXml extends UpgradeContract {
        ByWebXml() {
            super(new EmbeddedJetty(JettyWebSocketIT::addFeed), Deployment.WEB_XML);
        }
    }

    private static void addFeed(WebAppContext context) {
        JettyWebSocketServletContainerInitializer.configure(
                context, (servlets, webSockets) -> webSockets.addMapping("/feed", (request, response) -> new Feed()));
    }

    /** Says one piece of news. */
    public static final class Feed extends Session.Listener.AbstractAutoDemanding {

        @Override
        public void onWebSocketOpen(Session session) {
            super.onWebSocketOpen(session);
            session.sendText("Ada Lovelace has moved", Callback.NOOP);
        }
    }
}
