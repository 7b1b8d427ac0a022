package dev.scopegate.container.undertow;

import dev.scopegate.container.UriChecks;
import dev.scopegate.container.differential.DifferentialContract;

/** The differential path test on Undertow. */
final class UndertowPathsIT extends DifferentialContract {

    UndertowPathsIT() {
        super(new EmbeddedUndertow());
    }

    /** Where unescaped characters are allowed, Undertow decodes what it says of the request target. */
    @Override
    protected boolean showsRawTarget(UriChecks checks) {
        return checks == UriChecks.DEFAULT;
    }
}
