package dev.scopegate.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.model.Access;
import dev.scopegate.model.Answer;
import dev.scopegate.model.Decision;
import dev.scopegate.model.Mode;
import dev.scopegate.model.ProblemRenderer;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.test.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeHeaderTest {

    @ParameterizedTest
    @Requirement({"RFC9110 §5.6.4", "RFC6750 §3"})
    @ValueSource(
            strings = {
                "a\"b",
                "a\\b",
                "a\rb",
                "a\nb",
                "a\u0000b",
                "aéb",
                "a\u007fb",
                "a\tb",
                "a\u2028b",
                "x\", error=\"y"
            })
    void with_characterThatEndsTheQuotes_refused(String value) {
        assertThatThrownBy(() -> new ChallengeHeader("Bearer").with("realm", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(value);
    }

    @ParameterizedTest
    @Requirement("RFC9110 §11.6.1")
    @ValueSource(strings = {"a", "a b", "a, b", "a=b", "a;b", "Bearer realm=x", "(){}<>@,;:/[]?=!#$%&'*+-.^_`|~"})
    void with_anyOtherText_readBackAsItWas(String value) {
        Challenge challenge =
                Challenge.of(new ChallengeHeader("Bearer").with("realm", value).value());

        assertThat(challenge).isEqualTo(new Challenge("Bearer", Map.of("realm", value)));
    }

    @Test
    @Requirement("RFC6750 §3")
    void value_noOrRepeatedParameter_refused() {
        assertThatThrownBy(() -> new ChallengeHeader("Bearer").value()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(
                        () -> new ChallengeHeader("Bearer").with("realm", "a").with("realm", "b"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ChallengeHeader("Bearer").with("realm", "").value())
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    @Requirement({"RFC9110 §11.6.1", "RFC6750 §3"})
    void challenge_hostileConfiguration_readsAsItWasMeantOrIsNotWritten(RefusalReason reason) {
        int written = 0;
        Random random = new Random(reason.code().hashCode());
        List<String> texts = new ArrayList<>(List.of("api", "a, b", "Bearer x=y", "a\", error=\"insufficient_scope"));
        for (int i = 0; i < 40; i++) {
            texts.add(text(random, i % 2 == 0 ? 0x7f : 0x2030));
        }
        for (String text : texts) {
            for (String other : List.of("plain", text)) {
                written += written(reason, text, other) + written(reason, other, text);
            }
        }

        assertThat(written).isPositive();
    }

    private static int written(RefusalReason reason, String realm, String text) {
        RouteRequirement route = new RouteRequirement(
                "GET /x",
                Access.AUTHENTICATED,
                List.of(text, "another"),
                List.of(),
                Map.of(),
                Set.of(),
                List.of(text),
                Optional.of(Duration.ofSeconds(1)),
                Optional.empty(),
                Mode.ENFORCE);
        Answer answer;
        try {
            answer = new Challenger(realm, ProblemRenderer.DEFAULT)
                    .refused(
                            new Decision.Refused(route, reason, Optional.empty()),
                            "x",
                            "",
                            Optional.of("https://api.example.com/" + text));
        } catch (IllegalArgumentException refused) {
            assertThat(realm + text).matches("(?s).*[^\\x20-\\x7E].*|(?s).*[\"\\\\].*");
            assertThat(refused).hasMessageNotContaining("insufficient");
            return 0;
        }
        for (Answer.Header header : answer.headers()) {
            assertThat(header.value()).matches("[\\x20-\\x7E]*");
            if (header.name().equals("WWW-Authenticate")) {
                Challenge challenge = Challenge.of(header.value());
                assertThat(challenge.parameter("realm")).isEqualTo(realm);
                assertThat(challenge.parameter("resource_metadata")).isEqualTo("https://api.example.com/" + text);
                assertThat(challenge.parameters().getOrDefault("scope", text + " another"))
                        .isEqualTo(text + " another");
                assertThat(List.of(
                                "realm error error_description scope acr_values max_age resource_metadata".split(" ")))
                        .containsAll(challenge.parameters().keySet());
            }
        }
        return 1;
    }

    private static String text(Random random, int bound) {
        char[] text = new char[1 + random.nextInt(6)];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) (random.nextInt(4) == 0 ? random.nextInt(bound) : ' ' + 1 + random.nextInt(94));
        }
        return new String(Arrays.copyOf(text, text.length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer realm",
                "Bearer realm=\"a",
                "Bearer realm=\"a\" error=\"b\"",
                "Bearer realm=\"a\", realm=\"b\"",
                "Bearer realm=\"a\",",
                "Bearer realm=\"a\"b\"",
                "Bearer realm=a b"
            })
    void challengeOfTheTests_brokenField_notRead(String field) {
        assertThatThrownBy(() -> Challenge.of(field)).isInstanceOf(AssertionError.class);
    }
}
