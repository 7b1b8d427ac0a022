package dev.scopegate.container;

import com.example.contacts.ContactsServlet;
import com.example.sentinel.SentinelServlet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An application as an exploded WAR, with what its owner adds to have it protected: the jars, and files such as
 * {@code WEB-INF/scopegate.yaml}.
 *
 * <p>Immutable.
 */
public final class WebApplication {

    private static final String WEB_XML = "WEB-INF/web.xml";

    private static final String FILTER = """
              <filter>
                <filter-name>gate</filter-name>
                <filter-class>dev.scopegate.servlet.ScopegateFilter</filter-class>
                <async-supported>true</async-supported>
            %s  </filter>
            """;

    private static final String INIT_PARAM = """
                <init-param>
                  <param-name>config</param-name>
                  <param-value>%s</param-value>
                </init-param>
            """;

    private static final String MAPPING = """
              <filter-mapping>
                <filter-name>gate</filter-name>
                <url-pattern>/*</url-pattern>
                <dispatcher>REQUEST</dispatcher>
                <dispatcher>FORWARD</dispatcher>
                <dispatcher>INCLUDE</dispatcher>
                <dispatcher>ERROR</dispatcher>
                <dispatcher>ASYNC</dispatcher>
              </filter-mapping>
            """;

    private final Class<?> own;
    private final Map<String, String> files;

    private WebApplication(Class<?> own, Map<String, String> files) {
        this.own = own;
        this.files = files;
    }

    /**
     * The contacts application as its authors left it: unprotected, but for the jars that lie in {@code WEB-INF/lib}.
     */
    public static WebApplication unprotected() {
        return of(ContactsServlet.class, "/webapp/web.xml");
    }

    /** The application whose servlets only note that they were entered, unprotected as well. */
    public static WebApplication ofSentinels() {
        return of(SentinelServlet.class, "/sentinels/web.xml");
    }

    /** The application that is the package of {@code own} and a {@code web.xml} of the class path. */
    private static WebApplication of(Class<?> own, String descriptor) {
        try (InputStream webXml = WebApplication.class.getResourceAsStream(descriptor)) {
            if (webXml == null) {
                throw new IllegalStateException("the class path has no " + descriptor);
            }
            return new WebApplication(own, Map.of(WEB_XML, new String(webXml.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same application with one more file, such as {@code WEB-INF/scopegate.yaml}. */
    public WebApplication with(String path, String content) {
        Map<String, String> more = new LinkedHashMap<>(files);
        more.put(path, content);
        return new WebApplication(own, more);
    }

    /** The same application, whose {@code web.xml} declares the filter before all else, {@code config} being its init-param. */
    public WebApplication declaringFilter(Optional<String> config) {
        return declaring(FILTER.formatted(config.map(INIT_PARAM::formatted).orElse("")) + MAPPING);
    }

    /** The same application, whose {@code web.xml} declares the filter for {@code urlPattern} alone, and not for async. */
    public WebApplication declaringFilterFor(String urlPattern) {
        return declaring((FILTER.formatted("") + MAPPING)
                .replace("<url-pattern>/*", "<url-pattern>" + urlPattern)
                .replace("<async-supported>true", "<async-supported>false"));
    }

    /** The same application, whose {@code web.xml} declares the filter and forgets to map it. */
    public WebApplication declaringFilterWithoutMapping() {
        return declaring(FILTER.formatted(""));
    }

    private WebApplication declaring(String elements) {
        String webXml = files.getOrDefault(WEB_XML, "");
        return with(WEB_XML, webXml.replace("</display-name>\n", "</display-name>\n" + elements));
    }

    /** Writes the application into the empty {@code folder}. */
    public void writeTo(Path folder) {
        try {
            copyOwnClasses(folder.resolve("WEB-INF/classes"));
            copyTree(Path.of(System.getProperty("webapp.lib")), folder.resolve("WEB-INF/lib"));
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The classes of the application lie in a folder or in a jar, as the build has it. */
    private void copyOwnClasses(Path classes) throws IOException {
        String packagePath = own.getPackageName().replace('.', '/');
        Path source = Path.of(ownLocation());
        if (Files.isDirectory(source)) {
            copyTree(source.resolve(packagePath), classes.resolve(packagePath));
            return;
        }
        try (FileSystem jar = FileSystems.newFileSystem(source)) {
            copyTree(jar.getPath(packagePath), classes.resolve(packagePath));
        }
    }

    private URI ownLocation() {
        try {
            return own.getProtectionDomain().getCodeSource().getLocation().toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                Files.copy(entry, to.resolve(entry.getFileName().toString()));
            }
        }
    }
}
