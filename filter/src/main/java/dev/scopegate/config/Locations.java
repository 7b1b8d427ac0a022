package dev.scopegate.config;

import java.util.Map;

/**
 * Where each part of a configuration stands in its source, so that a message can name file, line and column.
 *
 * <p>Immutable.
 *
 * @param source the name of the source, such as {@code scopegate.yaml}
 * @param byPath the place of each part, such as {@code scopegate.yaml:14:7} for {@code routes[2].scopes}
 */
public record Locations(String source, Map<String, String> byPath) {

    public Locations {
        byPath = Map.copyOf(byPath);
    }

    /** The places of a configuration that was not read from anywhere. */
    public static Locations none(String source) {
        return new Locations(source, Map.of());
    }

    /** The place of {@code path}, or of the nearest part around it, or else the source. */
    public String nearest(String path) {
        for (String part = path; !part.isEmpty(); part = around(part)) {
            String place = byPath.get(part);
            if (place != null) {
                return place;
            }
        }
        return byPath.getOrDefault("", source);
    }

    /** The path of the part around {@code path}, such as {@code routes[2]} for {@code routes[2].scopes}; empty for the whole. */
    public static String around(String path) {
        int cut = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return cut < 0 ? "" : path.substring(0, cut);
    }
}
