package dev.scopegate.container.jetty;

import dev.scopegate.container.differential.DifferentialContract;

/** The differential path test on Jetty. */
final class JettyPathsIT extends DifferentialContract {

    JettyPathsIT() {
        super(new EmbeddedJetty());
    }
}
