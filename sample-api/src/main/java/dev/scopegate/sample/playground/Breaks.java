package dev.scopegate.sample.playground;

import dev.scopegate.sample.authorization.Workshop;
import dev.scopegate.sample.authorization.Workshop.Flaw;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Breaks one thing at a time, and compares what the API answers with what it must. Safe for concurrent use. */
@Component
class Breaks {

    private final Wire wire;
    private final Workshop workshop;
    private final Upheavals upheavals;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    Breaks(Wire wire, Workshop workshop, Upheavals upheavals) {
        this.wire = wire;
        this.workshop = workshop;
        this.upheavals = upheavals;
    }

    /**
     * What was done and what came of it.
     *
     * @param request the request that counts, with tokens cut short
     * @param asExpected whether the answer is what it must be, and every step before it too
     * @param steps what was done and seen, in words
     */
    record Broken(Wire.Sent request, Break.Must must, Wire.Received answer, boolean asExpected, List<String> steps) {}

    /**
     * Breaks it.
     *
     * @param token a good one that may read contacts
     * @throws Refused if the token is of no use for that, another break is under way, or a server that is needed is away
     */
    Broken run(Break what, String token) {
        // Two at once would stop each other's servers, and see what the other one did.
        if (!oneAtATime.tryLock()) {
            throw Refused.of(HttpStatus.CONFLICT, "Something else is being broken now.");
        }
        try {
            return judged(what, trial(what, token));
        } catch (IOException e) {
            throw Refused.of(
                    HttpStatus.SERVICE_UNAVAILABLE, "The authorization server cannot be reached: start it first.");
        } finally {
            oneAtATime.unlock();
        }
    }

    private Trial trial(Break what, String token) throws IOException {
        return switch (what) {
            case EXPIRED -> twin("a token of now", workshop.accessToken(Flaw.EXPIRED));
            case OTHER_AUDIENCE -> twin("a token for this API", workshop.accessToken(Flaw.OTHER_AUDIENCE));
            case NO_SCOPE -> twin("a token with read:contacts", workshop.accessToken(Flaw.NO_SCOPE));
            case ALG_NONE -> forged(token, Forgery::withoutSignature);
            case ANOTHER_KEY -> forged(token, Forgery::signedByAnotherKey);
            case CHANGED_PAYLOAD -> forged(token, Forgery::withMoreScope);
            case UNKNOWN_KID -> forged(token, Forgery::signedByUnknownKey);
            case TWO_HEADERS ->
                after(token, new Wire.Sent("GET", "/contacts", List.of(Request.bearer(token), Request.bearer(token))));
            case TOKEN_IN_QUERY -> after(token, new Wire.Sent("GET", "/contacts?access_token=" + token, List.of()));
            case AMBIGUOUS_PATH ->
                after(token, new Wire.Sent("GET", "/health/..;/contacts", List.of(Request.bearer(token))));
            case REVOKED -> upheavals.revoke();
            case SERVER_STOPPED -> upheavals.stop(token);
            case SERVER_STARTED -> upheavals.start();
            case KEYS_ROTATED -> upheavals.rotate(token);
        };
    }

    /** First the token without the flaw, so that nothing else can be the reason. */
    private Trial twin(String words, String flawed) throws IOException {
        Trial trial = new Trial(wire);
        trial.step("Its twin, " + words, Request.list(workshop.accessToken(Flaw.NONE)), 200);
        trial.last(Request.list(flawed));
        return trial;
    }

    /** First the good token, so that nothing else can be the reason. */
    private Trial after(String good, Wire.Sent broken) throws IOException {
        Trial trial = new Trial(wire);
        trial.good(good);
        trial.last(broken);
        return trial;
    }

    private Trial forged(String good, Function<Forgery, String> how) throws IOException {
        return after(good, Request.list(how.apply(Forgery.of(good))));
    }

    private static Broken judged(Break what, Trial trial) {
        Wire.Received answer = trial.answer();
        Break.Must must = what.must();
        List<String> steps = new ArrayList<>(trial.steps());
        boolean expected = trial.asExpected() && Expectation.holds(must, answer);
        steps.add("Then " + trial.request().redacted().method() + " "
                + trial.request().redacted().target() + ": " + answer.status());
        return new Broken(trial.request().redacted(), must, Expectation.shown(answer), expected, List.copyOf(steps));
    }
}
