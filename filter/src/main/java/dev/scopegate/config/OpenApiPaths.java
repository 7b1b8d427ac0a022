package dev.scopegate.config;

import dev.scopegate.config.OpenApiNodes.Member;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** The paths of an OpenAPI document as rules write them. */
final class OpenApiPaths {

    private static final Pattern ORIGIN = Pattern.compile("^(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*");
    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]*)}");

    private OpenApiPaths() {}

    /** A path of the document, as a rule writes it. */
    static String rulePath(String path, Node at) {
        if (!path.startsWith("/")) {
            throw new OpenApiMistake(at, "a path must begin with '/'");
        }
        String[] segments = path.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            if (VARIABLE.matcher(segments[i]).matches()) {
                segments[i] = "{" + name(segments[i]) + "}";
            } else if (segments[i].chars().anyMatch(c -> "{}*".indexOf(c) >= 0)) {
                // A rule would take '*' for any segment, and so cover more than the document names.
                throw new OpenApiMistake(
                        at,
                        "a rule knows only whole segments in braces, so it cannot say this path; write a rule in 'routes'"
                                + " that covers it, and leave the path out here");
            }
        }
        return String.join("/", segments);
    }

    /** Names of variables mean nothing to a rule, but have to be words. */
    private static String name(String segment) {
        String word = segment.substring(1, segment.length() - 1).replaceAll("[^A-Za-z0-9_-]", "_");
        return word.matches("[A-Za-z_].*") ? word : "_" + word;
    }

    /** The path of the first server, without a slash at its end; empty if there is none. */
    static String basePath(Node servers) {
        List<Node> items = OpenApiNodes.items(servers, "'servers'");
        if (items.isEmpty()) {
            return "";
        }
        Map<String, Member> server = OpenApiNodes.members(items.get(0), "a server");
        Node url = OpenApiNodes.find(server, "url")
                .orElseThrow(() -> new OpenApiMistake(items.get(0), "a server needs a 'url'"));
        String text = substituted(OpenApiNodes.text(url, "'url'"), server, url);
        String path = ORIGIN.matcher(text).replaceFirst("").replaceFirst("[?#].*$", "");
        if (!path.isEmpty() && !path.startsWith("/")) {
            throw new OpenApiMistake(url, "the 'url' of a server must be absolute or begin with '/'");
        }
        return rulePath("/" + path.replaceFirst("^/", "").replaceFirst("/+$", ""), url)
                .replaceFirst("^/$", "");
    }

    /** The address with the default of each variable. */
    private static String substituted(String url, Map<String, Member> server, Node at) {
        StringBuilder text = new StringBuilder();
        Matcher variable = VARIABLE.matcher(url);
        while (variable.find()) {
            String value = OpenApiNodes.find(server, "variables")
                    .flatMap(node -> OpenApiNodes.find(OpenApiNodes.members(node, "'variables'"), variable.group(1)))
                    .flatMap(node -> OpenApiNodes.find(OpenApiNodes.members(node, "a variable"), "default"))
                    .map(node -> OpenApiNodes.text(node, "'default'"))
                    .orElseThrow(() -> new OpenApiMistake(at, "a variable of this 'url' has no 'default'"));
            variable.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        return variable.appendTail(text).toString();
    }
}
