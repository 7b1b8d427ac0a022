package dev.scopegate.container.tomcat;

import dev.scopegate.container.Deployment;
import dev.scopegate.container.OptionsContract;
import dev.scopegate.container.ProtectionContract;
import dev.scopegate.container.StartContract;
import dev.scopegate.container.UpgradeContract;
import org.junit.jupiter.api.Nested;

/** The contacts application on Tomcat. */
final class TomcatIT {

    @Nested
    final class ByWebFragment extends ProtectionContract {
        ByWebFragment() {
            super(new EmbeddedTomcat(), Deployment.WEB_FRAGMENT);
        }
    }

    @Nested
    final class ByWebXml extends ProtectionContract {
        ByWebXml() {
            super(new EmbeddedTomcat(), Deployment.WEB_XML);
        }
    }

    @Nested
    final class WebSocketByWebFragment extends UpgradeContract {
        WebSocketByWebFragment() {
            super(new EmbeddedTomcat(), Deployment.WEB_FRAGMENT);
        }
    }

    @Nested
    final class WebSocketByWebXml extends UpgradeContract {
        WebSocketByWebXml() {
            super(new EmbeddedTomcat(), Deployment.WEB_XML);
        }
    }

    @Nested
    final class Start extends StartContract {
        Start() {
            super(new EmbeddedTomcat());
        }
    }

    @Nested
    final class Options extends OptionsContract {
        Options() {
            super(new EmbeddedTomcat(), Deployment.WEB_FRAGMENT);
        }
    }
}
