package dev.scopegate.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the nodes of an OpenAPI document strictly: what is not of the expected form is a mistake, never skipped. */
final class OpenApiNodes {

    private static final int MAX_REFERENCES = 8;

    private OpenApiNodes() {}

    /** One member of a mapping. */
    record Member(ScalarNode key, Node value) {}

    /** The members of a mapping, in their order. A name that stands twice is a mistake: readers differ on which one counts. */
    static Map<String, Member> members(Node node, String what) {
        if (!(node instanceof MappingNode mapping)) {
            throw new OpenApiMistake(node, what + " must be a mapping of names to values");
        }
        Map<String, Member> members = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new OpenApiMistake(tuple.getKeyNode(), "a name must be a plain word");
            }
            if (members.put(key.getValue(), new Member(key, tuple.getValueNode())) != null) {
                throw new OpenApiMistake(key, what + " says '" + printable(key.getValue()) + "' twice; keep one");
            }
        }
        return members;
    }

    /**
     * Refuses members that are neither known nor extensions: a misspelt {@code security} would leave an operation with what
     * holds for all.
     */
    static void refuseUnknown(Map<String, Member> members, Set<String> known, String what) {
        members.forEach((name, member) -> {
            if (!known.contains(name) && !name.startsWith("x-")) {
                String guess = Suggestions.nearest(name, known)
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse("");
                throw new OpenApiMistake(
                        member.key(),
                        "'" + printable(name) + "' is no member of " + what + " in OpenAPI 3.0 and 3.1" + guess);
            }
        });
    }

    /** The items of a list. */
    static List<Node> items(Node node, String what) {
        if (!(node instanceof SequenceNode sequence)) {
            throw new OpenApiMistake(node, what + " must be a list");
        }
        return sequence.getValue();
    }

    /** A single value as it is written. */
    static String text(Node node, String what) {
        if (!(node instanceof ScalarNode scalar)) {
            throw new OpenApiMistake(node, what + " must be a single value");
        }
        return scalar.getValue();
    }

    /** The member {@code name}, if there is one. */
    static Optional<Node> find(Map<String, Member> members, String name) {
        return Optional.ofNullable(members.get(name)).map(Member::value);
    }

    /** What {@code node} stands for: itself, or what its {@code $ref} names within the same document. */
    static Node resolved(Node node, Node root, Set<String> besides, String what) {
        Node current = node;
        for (int i = 0; i < MAX_REFERENCES; i++) {
            Map<String, Member> members = members(current, what);
            Optional<Node> reference = find(members, "$ref");
            if (reference.isEmpty()) {
                return current;
            }
            for (Map.Entry<String, Member> member : members.entrySet()) {
                if (!besides.contains(member.getKey()) && !member.getKey().startsWith("x-")) {
                    // What holds then is undefined, so it would be a guess.
                    throw new OpenApiMistake(
                            member.getValue().key(),
                            "nothing may stand beside '$ref' in " + what + "; keep one of them");
                }
            }
            current = follow(text(reference.get(), "'$ref'"), reference.get(), root);
        }
        throw new OpenApiMistake(node, "the '$ref' leads to more references than can be followed");
    }

    /** A JSON Pointer in a fragment, such as {@code #/components/pathItems/contact}. */
    private static Node follow(String reference, Node at, Node root) {
        if (!reference.startsWith("#/")) {
            throw new OpenApiMistake(at, "'$ref' names another document, which is not read; write it out here");
        }
        Node current = root;
        for (String token : pointer(reference.substring(2), at)) {
            current = find(members(current, "what '$ref' names"), token)
                    .orElseThrow(() -> new OpenApiMistake(at, "'$ref' names nothing in this document"));
        }
        return current;
    }

    private static List<String> pointer(String encoded, Node at) {
        List<String> tokens = new ArrayList<>();
        for (String token : encoded.split("/", -1)) {
            try {
                String decoded = URLDecoder.decode(token.replace("+", "%2B"), StandardCharsets.UTF_8);
                tokens.add(decoded.replace("~1", "/").replace("~0", "~"));
            } catch (IllegalArgumentException brokenEscape) {
                throw new OpenApiMistake(at, "'$ref' is not a reference");
            }
        }
        return tokens;
    }

    /** A name comes from the document; what is not a plain word is not repeated in a message. */
    static String printable(String name) {
        return name.length() <= 80 && name.chars().allMatch(c -> c > ' ' && c < 0x7f) ? name : "…";
    }
}
