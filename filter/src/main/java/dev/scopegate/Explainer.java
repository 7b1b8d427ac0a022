package dev.scopegate;

import dev.scopegate.confirm.Confirmation;
import dev.scopegate.extract.TokenExtractor;
import dev.scopegate.model.Access;
import dev.scopegate.model.CheckList;
import dev.scopegate.model.Credentials;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.model.Validation;
import dev.scopegate.route.Authorizer;
import dev.scopegate.route.PathGuard;
import dev.scopegate.validate.TokenValidator;
import java.util.Optional;

/**
 * Walks the steps as a request does, and notes what each of them looked at. Decides nothing: each step is asked for the
 * verdict that it gives to requests.
 */
final class Explainer {

    private final TokenExtractor extractor;
    private final TokenValidator tokens;
    private final Authorizer authorizer;
    private final CheckList checks = new CheckList();

    Explainer(TokenExtractor extractor, TokenValidator tokens, Authorizer authorizer) {
        this.extractor = extractor;
        this.tokens = tokens;
        this.authorizer = authorizer;
    }

    /** What is looked at for {@code request}, which {@code requirement} names. */
    CheckList explain(RequestSnapshot request, RouteRequirement requirement) {
        checks.add(
                "path",
                "can be read in one way only",
                request::rawPath,
                () -> PathGuard.isAmbiguous(request.rawPath())
                        ? Optional.of(RefusalReason.PATH_AMBIGUOUS)
                        : Optional.empty());
        if (!checks.hasEnded() && requirement.access() != Access.PUBLIC) {
            explainCredentials(extractor.extract(request), requirement);
        }
        return checks;
    }

    private void explainCredentials(Credentials credentials, RouteRequirement requirement) {
        if (credentials instanceof Credentials.Presented presented) {
            String where = presented.via() + ", " + presented.token().length() + " characters";
            addCredentials("one access token", where, Optional.empty());
            Validation verdict = tokens.explain(presented.token(), requirement, checks);
            explainToken(
                    verdict instanceof Validation.Valid valid ? Optional.of(valid) : Optional.empty(), requirement);
        } else if (credentials instanceof Credentials.Malformed malformed) {
            addCredentials("one access token", malformed.reason().code(), Optional.of(malformed.reason()));
            explainToken(Optional.empty(), requirement);
        } else if (requirement.access() == Access.OPTIONAL) {
            addCredentials("none, or one access token", "none", Optional.empty());
        } else {
            boolean denied = requirement.access() == Access.DENY;
            if (!denied) {
                addCredentials("one access token", "none", Optional.of(RefusalReason.CREDENTIALS_ABSENT));
            }
            authorizer.explain(requirement, Optional.empty(), checks);
        }
    }

    private void explainToken(Optional<Validation.Valid> verdict, RouteRequirement requirement) {
        checks.add(
                "binding",
                "may be sent as it was",
                () -> verdict.filter(Validation.Valid::bound).isPresent() ? "bound to a key (cnf)" : "not bound",
                () -> verdict.flatMap(Confirmation::refusal));
        authorizer.explain(requirement, verdict.map(Validation.Valid::token), checks);
    }

    private void addCredentials(String expected, String actual, Optional<RefusalReason> refusal) {
        checks.add("credentials", expected, () -> actual, () -> refusal);
    }
}
