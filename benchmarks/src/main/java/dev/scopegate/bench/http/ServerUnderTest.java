package dev.scopegate.bench.http;

import com.sun.management.OperatingSystemMXBean;
import dev.scopegate.bench.peer.Algorithm;
import dev.scopegate.bench.peer.FilterChains;
import dev.scopegate.bench.peer.SampleTokens;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.logging.LogManager;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/**
 * One Tomcat with the API twice, bare and behind a filter chain, in a JVM of its own. It prints its port; each line that comes in
 * is answered with the CPU time of this JVM in nanoseconds; it ends with its input.
 */
final class ServerUnderTest {

    private ServerUnderTest() {}

    /** Takes the name of one of {@link FilterChains}. */
    public static void main(String[] arguments) throws IOException, LifecycleException {
        // What Tomcat says of its start is for nobody here.
        LogManager.getLogManager().reset();
        FilterChains chain = FilterChains.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        try (FilterChains.Started filter = chain.start(SampleTokens.ofThisRun(), Algorithm.RS256)) {
            Tomcat tomcat = tomcat(filter);
            tomcat.start();
            System.out.println(tomcat.getConnector().getLocalPort());
            answer();
            tomcat.stop();
        }
    }

    private static Tomcat tomcat(FilterChains.Started filter) throws IOException {
        Path folder = Files.createTempDirectory("tomcat");
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        // A connection lives for the whole run, so that none is opened while the clock runs.
        connector.setProperty("maxKeepAliveRequests", "-1");
        // Longer than the other's turns take.
        connector.setProperty("connectionTimeout", "600000");
        connector.setProperty("keepAliveTimeout", "600000");
        tomcat.setConnector(connector);
        application(tomcat, Api.BARE, folder);
        protect(application(tomcat, Api.PROTECTED, folder), filter);
        return tomcat;
    }

    private static Context application(Tomcat tomcat, Api api, Path folder) {
        Context context = tomcat.addContext(api.path(), folder.toString());
        Tomcat.addServlet(context, "contacts", new Contacts()).addMapping("/contacts/*");
        return context;
    }

    private static void protect(Context context, FilterChains.Started filter) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("protection");
        definition.setFilter(filter.filter());
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName("protection");
        map.addURLPattern("/*");
        context.addFilterMap(map);
    }

    private static void answer() throws IOException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (questions.readLine() != null) {
            System.out.println(system.getProcessCpuTime());
        }
    }

    /** The cheapest thing that a real API answers. */
    private static final class Contacts extends HttpServlet {

        private static final long serialVersionUID = 1;

        private static final byte[] CONTACT = ("{\"id\":7,\"name\":\"Ada Lovelace\",\"email\":\"ada@example.com\","
                        + "\"phone\":\"+44 20 7946 0000\",\"street\":\"12 St James's Square\",\"city\":\"London\","
                        + "\"country\":\"GB\",\"note\":\"prefers letters\"}")
                .getBytes(StandardCharsets.UTF_8);

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/json");
            response.setContentLength(CONTACT.length);
            response.getOutputStream().write(CONTACT);
        }
    }
}
