package dev.scopegate.container.tomcat;

import dev.scopegate.container.differential.DifferentialContract;

/** The differential path test on Tomcat. */
final class TomcatPathsIT extends DifferentialContract {

    TomcatPathsIT() {
        super(new EmbeddedTomcat());
    }
}
