package dev.scopegate.container.jetty;

import dev.scopegate.container.Deployment;
import dev.scopegate.container.OptionsContract;
import dev.scopegate.container.ProtectionContract;
import dev.scopegate.container.StartContract;
import org.junit.jupiter.api.Nested;

/** The contacts application on Jetty. */
final class JettyIT {

    @Nested
    final class ByWebFragment extends ProtectionContract {
        ByWebFragment() {
            super(new EmbeddedJetty(), Deployment.WEB_FRAGMENT);
        }
    }

    @Nested
    final class ByWebXml extends ProtectionContract {
        ByWebXml() {
            super(new EmbeddedJetty(), Deployment.WEB_XML);
        }
    }

    @Nested
    final class Start extends StartContract {
        Start() {
            super(new EmbeddedJetty());
        }
    }

    @Nested
    final class Options extends OptionsContract {
        Options() {
            super(new EmbeddedJetty(), Deployment.WEB_FRAGMENT);
        }
    }
}
