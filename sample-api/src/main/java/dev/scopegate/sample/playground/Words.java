package dev.scopegate.sample.playground;

import java.util.Locale;

/** The words of closed sets, as they stand in JSON and in addresses. */
final class Words {

    private Words() {}

    /** Such as {@code keys-rotated} for {@code KEYS_ROTATED}. */
    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
