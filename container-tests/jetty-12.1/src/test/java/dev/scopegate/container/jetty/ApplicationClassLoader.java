package dev.scopegate.container.jetty;

import org.eclipse.jetty.ee.webapp.WebAppClassLoader;
import org.eclipse.jetty.ee10.webapp.WebAppContext;

/** The class loader of a web application, which each version of Jetty has in a package of its own. */
final class ApplicationClassLoader {

    private ApplicationClassLoader() {}

    /** The class loader of {@code context} in a container that was loaded by {@code parent}. */
    static ClassLoader of(WebAppContext context, ClassLoader parent) {
        return new WebAppClassLoader(parent, context);
    }
}
