package dev.scopegate.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The text of a document in which the {@code security} of operations is replaced or put in, by the places of the nodes.
 *
 * <p>Not thread-safe; use one per document.
 */
final class SecurityText {

    private static final String SECURITY = "security";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z](?:[A-Za-z0-9_./:-]*[A-Za-z0-9])?");
    private static final Set<String> RESERVED = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    /** Marks count code points. */
    private final int[] characters;

    private final boolean json;
    private final String lineEnd;

    /** From where to where in the old text, and what comes there. */
    private record Edit(int start, int end, String text) {}

    private final Map<Integer, Edit> edits = new TreeMap<>(Comparator.reverseOrder());

    SecurityText(String text) {
        this.characters = text.codePoints().toArray();
        this.json = text.stripLeading().startsWith("{");
        this.lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
    }

    /** One alternative, such as {@code {login: [read:contacts]}}. */
    String alternative(String scheme, Collection<String> scopes) {
        return "{" + word(scheme) + ": " + scopes.stream().map(this::word).collect(Collectors.joining(", ", "[", "]"))
                + "}";
    }

    private String word(String text) {
        boolean plain = !json && PLAIN.matcher(text).matches() && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
        return plain ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Makes {@code security} the one of {@code operation}. */
    void write(MappingNode operation, String security) {
        Optional<NodeTuple> written = operation.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(SECURITY))
                .findFirst();
        if (written.isPresent()) {
            replace(
                    index(written.get().getKeyNode().getEndMark()),
                    end(written.get().getValueNode()),
                    ": " + security);
            return;
        }
        String member = word(SECURITY).equals(SECURITY) ? SECURITY : '"' + SECURITY + '"';
        boolean flow = operation.getFlowStyle() == FlowStyle.FLOW;
        if (operation.getValue().isEmpty()) {
            int inside = index(operation.getStartMark()) + 1;
            replace(inside, inside, " " + member + ": " + security + " ");
            return;
        }
        Node first = operation.getValue().get(0).getKeyNode();
        int at = index(first.getStartMark());
        if (flow) {
            String gap = slice(index(operation.getStartMark()) + 1, at);
            replace(at, at, member + ": " + security + "," + (gap.isBlank() && !gap.isEmpty() ? gap : " "));
        } else {
            int column = first.getStartMark().map(Mark::getColumn).orElse(0);
            replace(at, at, member + ": " + security + lineEnd + " ".repeat(column));
        }
    }

    /** The text as it is now. */
    String text() {
        StringBuilder text = new StringBuilder(slice(0, characters.length));
        edits.values().forEach(edit -> {
            int start = slice(0, edit.start()).length();
            text.replace(start, start + slice(edit.start(), edit.end()).length(), edit.text());
        });
        return text.toString();
    }

    private void replace(int start, int end, String text) {
        edits.put(start, new Edit(start, end, text));
    }

    /** Where a value ends. The mark of one in lines of its own is where the next begins, behind comments and blank lines. */
    private static int end(Node node) {
        if (node instanceof SequenceNode sequence && sequence.getFlowStyle() == FlowStyle.BLOCK) {
            List<Node> items = sequence.getValue();
            return end(items.get(items.size() - 1));
        }
        if (node instanceof MappingNode mapping && mapping.getFlowStyle() == FlowStyle.BLOCK) {
            List<NodeTuple> tuples = mapping.getValue();
            return end(tuples.get(tuples.size() - 1).getValueNode());
        }
        return index(node.getEndMark());
    }

    private static int index(Optional<Mark> mark) {
        return mark.map(Mark::getIndex).orElseThrow(() -> new IllegalStateException("a node without its place"));
    }

    private String slice(int start, int end) {
        return new String(characters, start, end - start);
    }
}
