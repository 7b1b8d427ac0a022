package dev.scopegate.sample.playground;

import dev.scopegate.ResourceServer;
import dev.scopegate.model.Answer;
import dev.scopegate.model.Decision;
import dev.scopegate.model.Explanation;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RequestSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Why a request with a token would be decided as it would. An API must not tell its clients; here, they are its owners. */
@RestController
class ExplanationsController {

    private static final Set<String> METHODS = Set.of("GET", "POST", "DELETE");
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9/._-]{0,100}");

    private final ResourceServer resourceServer;

    ExplanationsController(ResourceServer resourceServer) {
        this.resourceServer = resourceServer;
    }

    /**
     * The request to explain.
     *
     * @param method default {@code GET}
     * @param path default {@code /contacts}
     */
    record Asked(
            @Nullable String token,
            @Nullable String method,
            @Nullable String path) {

        @Override
        public String toString() {
            return "Asked[hidden]";
        }
    }

    /**
     * Why.
     *
     * @param rule the rule that decides, as it is written
     * @param requires what it asks, in words
     * @param outcome {@code accepted}, {@code refused} or {@code undecided}
     * @param status of the answer; absent where the request goes on
     */
    record Explained(
            String rule,
            String requires,
            String outcome,
            Optional<String> reason,
            Optional<Integer> status,
            List<Check> checks) {}

    /** One check: what had to be there, and what was. */
    record Check(String name, String expected, String actual, String outcome) {}

    @PostMapping("/playground/explanations")
    Explained explain(@RequestBody Asked asked) {
        String token = new GivenToken(asked.token()).required();
        String method = Optional.ofNullable(asked.method()).orElse("GET");
        String path = Optional.ofNullable(asked.path()).orElse("/contacts");
        if (!METHODS.contains(method) || !PATH.matcher(path).matches()) {
            throw Refused.of(HttpStatus.BAD_REQUEST, "Ask about GET, POST or DELETE and a plain path.");
        }
        return explained(resourceServer.explain(new RequestSnapshot(method, path, path, List.of("Bearer " + token))));
    }

    private static Explained explained(Explanation why) {
        Decision decision = why.decision();
        return new Explained(
                decision.requirement().route(),
                decision.requirement().summary(),
                outcome(decision),
                reason(decision).map(RefusalReason::code),
                why.answer().map(Answer::status),
                why.checks().stream()
                        .map(check ->
                                new Check(check.name(), check.expected(), check.actual(), Words.of(check.outcome())))
                        .toList());
    }

    private static String outcome(Decision decision) {
        if (decision instanceof Decision.Permitted) {
            return "accepted";
        }
        return decision instanceof Decision.Refused ? "refused" : "undecided";
    }

    private static Optional<RefusalReason> reason(Decision decision) {
        if (decision instanceof Decision.Refused refused) {
            return Optional.of(refused.reason());
        }
        return decision instanceof Decision.Undecided undecided ? Optional.of(undecided.reason()) : Optional.empty();
    }
}
