package dev.scopegate.validate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.scopegate.introspection.Active;
import dev.scopegate.model.Validation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * The verdicts on answers of an issuer that were judged and found good, so that the claims of a kept answer are not gone through
 * for each request. A verdict goes with the very answer that it came of: a newer answer is judged anew, and the verdict is gone
 * with the answer that the client drops. Time is judged at each use.
 *
 * <p>Holds at most as many as the client keeps answers. Safe for concurrent use.
 */
final class JudgedAnswers {

    /** A verdict in favour, and for how long it can hold. */
    private record Judged(Validation.Valid verdict, Lifespan lifespan) {}

    private final ClaimChecks checks;
    private final Duration skew;
    private final InstantSource clock;
    private final Cache<Active, Judged> verdicts;

    JudgedAnswers(ClaimChecks checks, Duration skew, InstantSource clock, int maxEntries) {
        this.checks = checks;
        this.skew = skew;
        this.clock = clock;
        // Weak keys are compared by identity: two answers that say the same are two answers.
        this.verdicts = Caffeine.newBuilder()
                .weakKeys()
                .maximumSize(maxEntries)
                .executor(Runnable::run)
                .build();
    }

    /**
     * The verdict on {@code answer}, now.
     *
     * @param judge judges it whole; asked only of an answer that was not found good before. It has to come to the same verdict
     *     each time, but for the clock
     */
    Validation judge(Active answer, Supplier<Validation> judge) {
        if (answer.lastKnown()) {
            // Made for this request alone: nobody finds it again.
            return judge.get();
        }
        Judged known = verdicts.getIfPresent(answer);
        if (known != null) {
            return known.lifespan.holds(clock.millis()) ? known.verdict : checks.judgeAgain(known.verdict.token());
        }
        Validation verdict = judge.get();
        if (verdict instanceof Validation.Valid valid) {
            verdicts.put(answer, new Judged(valid, Lifespan.of(valid.token().claims(), skew)));
        }
        return verdict;
    }
}
