package dev.scopegate;

import dev.scopegate.challenge.Challenger;
import dev.scopegate.challenge.ResourceMetadata;
import dev.scopegate.config.LoadedConfig;
import dev.scopegate.confirm.Confirmation;
import dev.scopegate.extract.AuthorizationHeader;
import dev.scopegate.model.Access;
import dev.scopegate.model.Answer;
import dev.scopegate.model.Credentials;
import dev.scopegate.model.Decision;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.model.ValidatedToken;
import dev.scopegate.model.Validation;
import dev.scopegate.observe.DecisionObserver;
import dev.scopegate.route.Authorizer;
import dev.scopegate.route.PathGuard;
import dev.scopegate.route.RouteTable;
import dev.scopegate.validate.TokenValidator;
import java.time.Duration;
import java.util.Optional;

/**
 * An OAuth 2.0 resource server: decides which requests may go on, and answers those that may not. Knows nothing of
 * servlets; {@link dev.scopegate.servlet.ScopegateFilter} puts it in front of an API.
 *
 * <p>Fails closed: what no rule names is denied unless configured otherwise, and what cannot be decided does not pass.
 *
 * <p>Immutable; safe for concurrent use. Holds connections and a background thread for each issuer until it is closed.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750">RFC 6750</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068">RFC 9068</a>
 */
public final class ResourceServer implements AutoCloseable {

    private final RouteTable routes;
    private final AuthorizationHeader credentials;
    private final TokenValidator tokens;
    private final Authorizer authorizer;
    private final DecisionObserver observer;
    private final Challenger challenger;
    private final Optional<ResourceMetadata> metadata;

    ResourceServer(
            RouteTable routes,
            AuthorizationHeader credentials,
            TokenValidator tokens,
            Authorizer authorizer,
            DecisionObserver observer,
            Challenger challenger,
            Optional<ResourceMetadata> metadata) {
        this.routes = routes;
        this.credentials = credentials;
        this.tokens = tokens;
        this.authorizer = authorizer;
        this.observer = observer;
        this.challenger = challenger;
        this.metadata = metadata;
    }

    /** A builder that starts with nothing: no issuer, no route, everything denied. */
    public static ResourceServerBuilder builder() {
        return new ResourceServerBuilder();
    }

    /** A builder that starts with a configuration that was read. */
    public static ResourceServerBuilder builder(LoadedConfig loaded) {
        return new ResourceServerBuilder(loaded);
    }

    /** The decision on a request as it arrived. Waits for an issuer where one has to be asked. */
    public Decision decide(RequestSnapshot request) {
        if (PathGuard.isAmbiguous(request.rawPath())) {
            RouteRequirement nothing = RouteRequirement.of(RouteRequirement.NO_RULE, Access.DENY);
            return refused(nothing, RefusalReason.PATH_AMBIGUOUS);
        }
        return decide(request, routes.match(request.method(), request.path()));
    }

    /**
     * The decision on a target that the application itself dispatches a request to (FORWARD, INCLUDE). A target with a rule
     * of its own is held to that rule with the same credentials; empty if no rule names it, and it inherits the decision on
     * the request.
     *
     * @param target the request, with the path of the target
     * @param known the token of the request, if it was validated before
     */
    public Optional<Decision> decideInner(RequestSnapshot target, Optional<ValidatedToken> known) {
        return routes.rule(target.method(), target.path())
                .map(requirement -> known.map(token -> authorizer.decide(requirement, token))
                        .orElseGet(() -> decide(target, requirement)));
    }

    /** Notes a decision, and says what to answer; empty if the request goes on. */
    public Optional<Answer> conclude(Decision decision, Duration took) {
        if (decision instanceof Decision.Permitted) {
            observer.observe(decision, took, "");
            return Optional.empty();
        }
        String correlationId = CorrelationIds.next();
        observer.observe(decision, took, correlationId);
        return Optional.of(
                decision instanceof Decision.Refused refused
                        ? challenger.refused(refused, correlationId)
                        : challenger.undecided((Decision.Undecided) decision, correlationId));
    }

    /** The protected resource metadata, if this request asks for it and it is published (RFC 9728 §3). */
    public Optional<Answer> publishedDocument(RequestSnapshot request) {
        return metadata.filter(document -> document.isAskedFor(request.method(), request.path()))
                .map(ResourceMetadata::document);
    }

    private Decision decide(RequestSnapshot request, RouteRequirement requirement) {
        if (requirement.access() == Access.PUBLIC) {
            return new Decision.Permitted(requirement, Optional.empty());
        }
        Credentials presented = credentials.extract(request.authorization());
        if (presented instanceof Credentials.Malformed malformed) {
            return refused(requirement, malformed.reason());
        }
        if (presented instanceof Credentials.Presented token) {
            return decide(tokens.validate(token.token()), requirement);
        }
        return switch (requirement.access()) {
            case OPTIONAL -> new Decision.Permitted(requirement, Optional.empty());
            case DENY -> refused(requirement, RefusalReason.ROUTE_DENIED);
            default -> refused(requirement, RefusalReason.CREDENTIALS_ABSENT);
        };
    }

    private Decision decide(Validation validation, RouteRequirement requirement) {
        if (validation instanceof Validation.Refused refused) {
            return refused(requirement, refused.reason());
        }
        if (validation instanceof Validation.Undecided undecided) {
            return new Decision.Undecided(requirement, undecided.reason(), undecided.retryAfter());
        }
        ValidatedToken token = ((Validation.Valid) validation).token();
        return Confirmation.refusal(token)
                .map(reason -> refused(requirement, reason))
                .orElseGet(() -> authorizer.decide(requirement, token));
    }

    private static Decision refused(RouteRequirement requirement, RefusalReason reason) {
        return new Decision.Refused(requirement, reason, Optional.empty());
    }

    /** Stops fetching keys and closes connections. */
    @Override
    public void close() {
        tokens.close();
    }
}
