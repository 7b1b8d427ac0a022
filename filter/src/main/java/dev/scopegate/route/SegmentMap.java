package dev.scopegate.route;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The nodes below a node by their literal segment, found by a part of a path without cutting it out. A table with open
 * addressing, never more than a quarter full, so a look-up ends after a few steps whatever a client asks for: it compares with
 * segments of rules only.
 *
 * <p>Immutable.
 */
final class SegmentMap {

    private static final int GOLDEN_RATIO = 0x9E3779B9;

    private final int[] hashes;
    private final @Nullable String[] segments;
    private final @Nullable RouteNode[] nodes;
    private final int mask;
    private final int shift;

    SegmentMap(Map<String, RouteNode> literals) {
        int size = Integer.highestOneBit(Math.max(1, literals.size())) * 8;
        hashes = new int[size];
        segments = new @Nullable String[size];
        nodes = new @Nullable RouteNode[size];
        mask = size - 1;
        shift = 32 - Integer.numberOfTrailingZeros(size);
        literals.forEach(this::put);
    }

    private void put(String segment, RouteNode node) {
        int hash = hash(segment, 0, segment.length());
        int slot = hash >>> shift;
        while (segments[slot] != null) {
            slot = slot + 1 & mask;
        }
        hashes[slot] = hash;
        segments[slot] = segment;
        nodes[slot] = node;
    }

    /** The node of the segment of {@code path} between {@code start} and {@code end}; null if no rule names it. */
    @Nullable
    RouteNode get(String path, int start, int end) {
        int hash = hash(path, start, end);
        int slot = hash >>> shift;
        for (String segment = segments[slot]; segment != null; segment = segments[slot]) {
            if (hashes[slot] == hash && segment.length() == end - start && path.startsWith(segment, start)) {
                return nodes[slot];
            }
            slot = slot + 1 & mask;
        }
        return null;
    }

    private static int hash(String text, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        // Segments such as "v1" and "v2" have neighbouring hashes; multiplied, they do not crowd into one place.
        return hash * GOLDEN_RATIO;
    }
}
