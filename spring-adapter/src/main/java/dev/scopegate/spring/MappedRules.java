package dev.scopegate.spring;

import dev.scopegate.ResourceServer;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.RouteRequirement;
import java.util.List;
import org.springframework.core.env.Environment;

/**
 * The rules that the mappings of an application fall under. Asks the server for an example of a mapping, so that it sees what a request
 * would. Safe for concurrent use.
 */
final class MappedRules {

    private static final String EXAMPLE = "x";

    private final ResourceServer server;
    private final String servletPath;

    /**
     * Those that are in force at {@code server} whenever it is asked.
     *
     * @param environment says where the servlet of Spring MVC is
     */
    MappedRules(ResourceServer server, Environment environment) {
        this.server = server;
        String servletPath = environment.getProperty("spring.mvc.servlet.path", "/");
        this.servletPath = servletPath.equals("/") ? "" : servletPath;
    }

    /**
     * What the rule for the requests of one mapping requires.
     *
     * @param pattern such as {@code /contacts/{id}}
     */
    RouteRequirement of(String method, String pattern) {
        String path = servletPath + example(pattern);
        return server.decide(new RequestSnapshot(method, path, path, List.of())).requirement();
    }

    /** A path that the pattern matches: {@code /contacts/{id}} for example by {@code /contacts/x}. */
    static String example(String pattern) {
        String path = pattern.replaceAll("\\{[^/{}]*(\\{[^/{}]*}[^/{}]*)*}", EXAMPLE)
                .replace("**", EXAMPLE)
                .replace("*", EXAMPLE)
                .replace("?", EXAMPLE);
        return path.startsWith("/") ? path : "/" + path;
    }
}
