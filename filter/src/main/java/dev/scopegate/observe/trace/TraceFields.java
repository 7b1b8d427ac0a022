package dev.scopegate.observe.trace;

import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The header fields that say to which trace a call belongs. No others are sent: above all no baggage, which is the
 * application's, or even the text of whoever sent the request, and no business of an authorization server.
 */
final class TraceFields {

    private static final Set<String> NAMES =
            Set.of("traceparent", "tracestate", "b3", "x-amzn-trace-id", "x-cloud-trace-context", "uber-trace-id");

    private TraceFields() {}

    static void put(BiConsumer<String, String> fields, String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (NAMES.contains(lower) || lower.startsWith("x-b3-")) {
            fields.accept(name, value);
        }
    }
}
