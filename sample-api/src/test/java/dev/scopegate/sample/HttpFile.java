package dev.scopegate.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of requests as editors run them: variables, and requests between lines that begin with {@code ###}, their title.
 *
 * @param variables their values, which may name variables themselves
 */
record HttpFile(Map<String, String> variables, List<Request> requests) {

    private static final Pattern VARIABLE = Pattern.compile("@(\\w+) = (.+)");
    private static final Pattern REFERENCE = Pattern.compile("\\{\\{([\\w.]+)}}");
    private static final Pattern TITLE = Pattern.compile("### ([0-9]{3}): (.+)");
    private static final String NAME = "# @name ";
    private static final String WITH = "# with: ";

    /** One request, its variables not yet filled in, and what its answer has to be. */
    record Request(
            int status,
            String title,
            Optional<String> name,
            Optional<String> with,
            String line,
            List<String> headers,
            String body) {

        /** The request with its variables filled in. */
        HttpRequest.Builder send(UnaryOperator<String> fill) {
            String[] target = fill.apply(line).split(" ", 2);
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target[1]))
                    .method(
                            target[0],
                            body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(fill.apply(body)));
            for (String header : headers) {
                String[] field = fill.apply(header).split(": ", 2);
                request.header(field[0], encodeBasic(field[1]));
            }
            return request;
        }

        /** Editors take a name and a secret with a blank between, and encode them. */
        private static String encodeBasic(String value) {
            String[] parts = value.split(" ", -1);
            return parts.length == 3 && parts[0].equals("Basic") ? Http.basic(parts[1], parts[2])[1] : value;
        }
    }

    static HttpFile read(Path file) throws IOException {
        Map<String, String> variables = new HashMap<>();
        List<Request> requests = new ArrayList<>();
        String[] parts = Files.readString(file).split("(?m)^(?=###)", -1);
        parts[0].lines().map(VARIABLE::matcher).filter(Matcher::matches).forEach(matcher -> {
            variables.put(matcher.group(1), matcher.group(2));
        });
        for (int i = 1; i < parts.length; i++) {
            requests.add(request(parts[i]));
        }
        return new HttpFile(variables, requests);
    }

    private static Request request(String text) {
        List<String> lines = text.lines().toList();
        Matcher title = TITLE.matcher(lines.get(0));
        if (!title.matches()) {
            throw new AssertionError("a title says no status: " + lines.get(0));
        }
        List<String> rest =
                lines.stream().skip(1).filter(line -> !line.startsWith("#")).toList();
        int end = rest.indexOf("");
        List<String> head = end < 0 ? rest : rest.subList(0, end);
        String body =
                end < 0 ? "" : String.join("\n", rest.subList(end, rest.size())).strip();
        return new Request(
                Integer.parseInt(title.group(1)),
                title.group(2),
                comment(lines, NAME),
                comment(lines, WITH),
                head.get(0),
                head.subList(1, head.size()),
                body);
    }

    private static Optional<String> comment(List<String> lines, String prefix) {
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .findFirst();
    }

    /** The text with every variable filled in, from {@code values} first. */
    String fill(String text, Map<String, String> values) {
        return REFERENCE.matcher(text).replaceAll(match -> {
            String name = match.group(1);
            String value = values.getOrDefault(name, variables.get(name));
            if (value == null) {
                throw new AssertionError("nothing is known of {{" + name + "}}");
            }
            return Matcher.quoteReplacement(fill(value, values));
        });
    }
}
