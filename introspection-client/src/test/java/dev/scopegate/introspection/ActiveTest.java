package dev.scopegate.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActiveTest {

    private static Active active(Map<String, Object> claims) {
        return Active.now(claims, Instant.EPOCH);
    }

    @Test
    void claims_changedBehindItsBack_stayAsTheyWere() {
        List<Object> inner = new ArrayList<>(List.of("a"));
        Map<String, Object> cnf = new HashMap<>(Map.of("list", inner));
        Map<String, Object> given = new HashMap<>(Map.of("cnf", cnf));
        Active active = active(given);

        inner.add("b");
        cnf.put("x", "y");
        given.clear();

        assertThat(active.claims()).isEqualTo(Map.of("cnf", Map.of("list", List.of("a"))));
    }

    @Test
    @SuppressWarnings("unchecked")
    void claims_changedByTheReader_refusedAtEveryLevel() {
        Map<String, Object> claims =
                active(Map.of("cnf", Map.of("list", List.of("a")))).claims();
        Map<String, Object> cnf = (Map<String, Object>) claims.get("cnf");
        List<Object> list = (List<Object>) cnf.get("list");

        assertThatThrownBy(() -> claims.put("sub", "mallory")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> cnf.put("jkt", "x")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> list.add("x")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void claims_nullMember_absent() {
        Map<String, Object> given = new HashMap<>();
        given.put("sub", null);
        given.put("aud", "x");

        assertThat(active(given).claims()).isEqualTo(Map.of("aud", "x"));
    }

    @Test
    void create_nullInAListOrAStrangeValue_refused() {
        assertThatThrownBy(() -> active(Map.of("aud", Arrays.asList("a", null))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> active(Map.of("exp", Instant.EPOCH))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void create_nestedAsDeepAsAllowed_takenAndOneDeeperRefused() {
        // The claims themselves are the first of the 32 levels.
        assertThat(active(Map.of("a", nested(31))).claims()).containsKey("a");
        assertThatThrownBy(() -> active(Map.of("a", nested(32)))).isInstanceOf(IllegalArgumentException.class);
    }

    private static Object nested(int levels) {
        Object value = "x";
        for (int level = 0; level < levels; level++) {
            value = level % 2 == 0 ? List.of(value) : Map.of("a", value);
        }
        return value;
    }

    @ParameterizedTest
    @CsvSource({
        "1767225600, 2026-01-01T00:00:00Z",
        "1767225600.5, 2026-01-01T00:00:00.500Z",
        "0, 1970-01-01T00:00:00Z",
        "253402300799, 9999-12-31T23:59:59Z",
    })
    void expiresAt_secondsOfAnyKind_thatInstant(double exp, Instant expected) {
        assertThat(active(Map.of("exp", exp)).expiresAt()).contains(expected);
        assertThat(active(Map.of("exp", (long) exp)).expiresAt()).contains(expected.truncatedTo(ChronoUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 1e300, 253_402_300_800d, Double.POSITIVE_INFINITY, Double.NaN})
    void expiresAt_numberThatIsNoDate_empty(double exp) {
        assertThat(active(Map.of("exp", exp)).expiresAt()).isEmpty();
    }

    @Test
    void expiresAt_absentOrText_empty() {
        assertThat(active(Map.of()).expiresAt()).isEmpty();
        assertThat(active(Map.of("exp", "1767225600")).expiresAt()).isEqualTo(Optional.empty());
    }

    @Test
    void toString_claims_hidden() {
        assertThat(active(Collections.singletonMap("sub", "alice"))).hasToString("Active[1 claims]");
    }
}
