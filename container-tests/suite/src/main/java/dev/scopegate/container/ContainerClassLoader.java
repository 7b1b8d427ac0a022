package dev.scopegate.container;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a web application sees of the class path of the test: the servlet API and the container, as in a container that
 * was installed on its own.
 *
 * <p>Whatever else is needed has to be in {@code WEB-INF/lib}: a library that the test happens to use as well cannot stand
 * in for one that is missing there. Safe for concurrent use.
 */
public final class ContainerClassLoader extends ClassLoader {

    private static final List<String> VISIBLE =
            List.of("jakarta/", "org/apache/", "org/eclipse/jetty/", "io/undertow/", "META-INF/services/jakarta.");

    private final ClassLoader classPath;

    /** The view of a container that was loaded by {@code classPath}. */
    public ContainerClassLoader(ClassLoader classPath) {
        super("container", ClassLoader.getPlatformClassLoader());
        this.classPath = classPath;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (!visible(name.replace('.', '/'))) {
            throw new ClassNotFoundException(name);
        }
        return classPath.loadClass(name);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        return visible(name) ? classPath.getResource(name) : null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        return visible(name) ? classPath.getResources(name) : Collections.emptyEnumeration();
    }

    private static boolean visible(String resource) {
        return VISIBLE.stream().anyMatch(resource::startsWith);
    }
}
