package dev.scopegate.introspection.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the few header fields that matter here. Whatever it cannot read counts as absent. */
final class AnswerHeaders {

    /** Against a server, or someone in its name, that would silence us for years. */
    static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z0-9!#$&^_.+-]{1,64}/[a-z0-9!#$&^_.+-]{1,64}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern MAX_AGE = Pattern.compile("max-age=([0-9]{1,9})");
    private static final Set<String> FORBIDDING = Set.of("no-cache", "no-store");
    private static final Pattern MORE_SECONDS = Pattern.compile("[0-9]{10,}");

    private AnswerHeaders() {}

    static String contentType(HttpHeaders headers) {
        List<String> values = headers.allValues("Content-Type");
        if (values.size() != 1) {
            return "";
        }
        String value = values.get(0);
        int parameters = value.indexOf(';');
        String mediaType = (parameters < 0 ? value : value.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
        return MEDIA_TYPE.matcher(mediaType).matches() ? mediaType : "";
    }

    static boolean isEncoded(HttpHeaders headers) {
        return headers.allValues("Content-Encoding").stream()
                .anyMatch(value -> !value.strip().equalsIgnoreCase("identity"));
    }

    /**
     * Whether the fields leave more than one way to tell where the body ends. Who reads it one way and who reads it another would
     * see two different answers, or the rest of one as the beginning of the next (RFC 9112 §6.3).
     */
    static boolean isOfUnclearLength(HttpHeaders headers) {
        long lengths = headers.allValues("Content-Length").stream().distinct().count();
        boolean chunked = !headers.allValues("Transfer-Encoding").isEmpty();
        return lengths > 1 || (chunked && lengths > 0);
    }

    static Optional<Duration> retryAfter(HttpHeaders headers, InstantSource clock) {
        return headers.firstValue("Retry-After")
                .map(String::strip)
                .flatMap(value -> delay(value, clock))
                .map(AnswerHeaders::bounded);
    }

    private static Optional<Duration> delay(String value, InstantSource clock) {
        if (SECONDS.matcher(value).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        if (MORE_SECONDS.matcher(value).matches()) {
            return Optional.of(LONGEST_RETRY_AFTER);
        }
        return date(value).map(until -> Duration.between(clock.instant(), until));
    }

    private static Optional<Instant> date(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** How long the answer is good for by its own word; "no-cache" and "no-store" say nothing of that, and zero says the same. */
    static Optional<Duration> maxAge(HttpHeaders headers) {
        List<String> directives = headers.allValues("Cache-Control").stream()
                .flatMap(value -> Arrays.stream(value.toLowerCase(Locale.ROOT).split(",", -1)))
                .map(String::strip)
                .toList();
        if (directives.stream().anyMatch(FORBIDDING::contains)) {
            return Optional.empty();
        }
        return directives.stream()
                .map(MAX_AGE::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Duration.ofSeconds(Long.parseLong(matcher.group(1))))
                .filter(age -> !age.isZero())
                .findFirst();
    }

    private static Duration bounded(Duration asked) {
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked;
    }
}
