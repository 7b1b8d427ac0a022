package dev.scopegate.validate;

import dev.scopegate.model.Access;
import dev.scopegate.model.AccessToken;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.model.Validation;

/** A route that takes the tokens of all issuers, and sets no limit to how old an answer about them may be. */
public final class Anywhere {

    /** What it requires. */
    public static final RouteRequirement REQUIREMENT = RouteRequirement.of("* /**", Access.AUTHENTICATED);

    private Anywhere() {}

    /** The verdict on a token there. */
    public static Validation validate(TokenValidator validator, String token) {
        return validator.validate(new AccessToken(token), REQUIREMENT);
    }
}
