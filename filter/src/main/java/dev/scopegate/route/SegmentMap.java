package dev.scopegate.route;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The nodes below a node by their literal segment, found by a part of a path without cutting it out. A table with open
 * addressing, never more than half full, so a look-up ends after a few steps whatever a client asks for: it compares with
 * segments of rules only.
 *
 * <p>Immutable.
 */
final class SegmentMap {

    private final @Nullable String[] segments;
    private final @Nullable RouteNode[] nodes;
    private final int mask;

    SegmentMap(Map<String, RouteNode> literals) {
        int size = Integer.highestOneBit(Math.max(1, literals.size())) * 4;
        segments = new @Nullable String[size];
        nodes = new @Nullable RouteNode[size];
        mask = size - 1;
        literals.forEach(this::put);
    }

    private void put(String segment, RouteNode node) {
        int slot = slot(segment, 0, segment.length());
        while (segments[slot] != null) {
            slot = slot + 1 & mask;
        }
        segments[slot] = segment;
        nodes[slot] = node;
    }

    /** The node of the segment of {@code path} between {@code start} and {@code end}; null if no rule names it. */
    @Nullable
    RouteNode get(String path, int start, int end) {
        int slot = slot(path, start, end);
        for (String segment = segments[slot]; segment != null; segment = segments[slot]) {
            if (segment.length() == end - start && path.startsWith(segment, start)) {
                return nodes[slot];
            }
            slot = slot + 1 & mask;
        }
        return null;
    }

    private int slot(String text, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return (hash ^ hash >>> 16) & mask;
    }
}
