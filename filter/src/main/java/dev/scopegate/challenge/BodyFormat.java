package dev.scopegate.challenge;

import dev.scopegate.model.Problem;
import java.util.List;

/** The formats in which a refusal can be written, most wanted by us first. */
enum BodyFormat {
    /** A problem document, for whoever does not say otherwise. */
    PROBLEM("application/problem+json", "application/problem+json"),
    /** The same text, for clients that know plain JSON alone. */
    JSON("application/json", "application/json"),
    /** A page, for people in front of a browser. */
    PAGE("text/html", "text/html;charset=utf-8"),
    /** A few lines, for those who want nothing else. */
    TEXT("text/plain", "text/plain;charset=utf-8");

    private static final String XHTML = "application/xhtml+xml";

    private final String mediaType;
    private final String contentType;

    BodyFormat(String mediaType, String contentType) {
        this.mediaType = mediaType;
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    String write(Problem problem) {
        return switch (this) {
            case PROBLEM, JSON -> ProblemDocument.json(problem);
            case PAGE -> ProblemPage.html(problem);
            case TEXT -> ProblemPage.text(problem);
        };
    }

    /**
     * The format that a client wants most. Where it wants several as much, and where it wants none of them, the first of
     * ours: a refusal with a body that was not asked for says more than one without.
     *
     * @param accept the {@code Accept} field; empty if there was none
     */
    static BodyFormat preferred(String accept) {
        if (accept.isEmpty() || accept.equals("*/*")) {
            return PROBLEM;
        }
        List<MediaRange> ranges = MediaRange.all(accept);
        BodyFormat preferred = PROBLEM;
        int most = 0;
        for (BodyFormat format : values()) {
            int quality = format.quality(ranges);
            if (quality > most) {
                preferred = format;
                most = quality;
            }
        }
        return preferred;
    }

    private int quality(List<MediaRange> ranges) {
        int quality = quality(ranges, mediaType, 0);
        // A browser that names XHTML reads HTML as well.
        return this == PAGE ? Math.max(quality, quality(ranges, XHTML, 2)) : quality;
    }

    /** RFC 9110 §12.5.1: of several ranges that name a type, the most precise one counts. */
    private static int quality(List<MediaRange> ranges, String type, int leastPrecision) {
        int precision = leastPrecision;
        int quality = 0;
        for (MediaRange range : ranges) {
            int candidate = range.precision(type);
            if (candidate > precision) {
                precision = candidate;
                quality = range.quality();
            } else if (candidate == precision) {
                quality = Math.max(quality, range.quality());
            }
        }
        return quality;
    }
}
