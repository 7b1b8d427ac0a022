package dev.scopegate.challenge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One element of an {@code Accept} field. Parameters other than the weight are read over: what is offered has none that
 * would make a difference.
 *
 * <p>Immutable.
 *
 * @param type the type, lower-case, or {@code *}
 * @param subtype the subtype, lower-case, or {@code *}
 * @param quality the weight in thousandths, 0 to 1000; 0 means not acceptable
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1">RFC 9110 §12.5.1</a>
 */
record MediaRange(String type, String subtype, int quality) {

    /** Real fields have some 150 characters. A longer one than this counts as none, so that it costs nothing. */
    private static final int MAX_LENGTH = 1_024;

    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]++";
    private static final String VALUE = "(?:" + TOKEN + "|\"(?:[^\"\\\\]|\\\\.)*+\")";
    private static final Pattern RANGE = Pattern.compile("[ \\t]*+(" + TOKEN + ")/(" + TOKEN
            + ")((?:[ \\t]*+;[ \\t]*+(?:" + TOKEN + "=" + VALUE + ")?+)*+)[ \\t]*+");
    private static final Pattern PARAMETER = Pattern.compile("(" + TOKEN + ")=(" + VALUE + ")");
    private static final Pattern WEIGHT = Pattern.compile("0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?");

    /** The readable elements of a field; what is broken is left out, and the rest counts. */
    static List<MediaRange> all(String field) {
        List<MediaRange> ranges = new ArrayList<>();
        if (field.length() > MAX_LENGTH) {
            return ranges;
        }
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                add(field.substring(start, i), ranges);
                start = i + 1;
            }
        }
        add(field.substring(start), ranges);
        return ranges;
    }

    private static void add(String element, List<MediaRange> ranges) {
        Matcher range = RANGE.matcher(element);
        if (range.matches()) {
            int quality = quality(range.group(3));
            if (quality >= 0) {
                ranges.add(new MediaRange(lowerCase(range.group(1)), lowerCase(range.group(2)), quality));
            }
        }
    }

    /** The first weight among the parameters, 1000 if there is none, -1 if it is none that the RFC knows. */
    private static int quality(String parameters) {
        Matcher parameter = PARAMETER.matcher(parameters);
        while (parameter.find()) {
            if (parameter.group(1).equalsIgnoreCase("q")) {
                String weight = parameter.group(2);
                return WEIGHT.matcher(weight).matches() ? (int) Math.round(Double.parseDouble(weight) * 1_000) : -1;
            }
        }
        return 1_000;
    }

    /** How closely this names a media type: 2 by its name, 1 by its type, 0 among all others, -1 not at all. */
    int precision(String mediaType) {
        if (mediaType.equals(type + "/" + subtype)) {
            return 2;
        }
        if (subtype.equals("*")) {
            return type.equals("*") ? 0 : mediaType.startsWith(type + "/") ? 1 : -1;
        }
        return -1;
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
