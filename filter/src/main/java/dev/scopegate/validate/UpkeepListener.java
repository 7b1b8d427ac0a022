package dev.scopegate.validate;

import dev.scopegate.introspection.IntrospectionListener;
import dev.scopegate.model.IntrospectionCall;
import dev.scopegate.model.Upkeep;
import java.time.Duration;

/**
 * Passes on how the introspection of one issuer fares, in the words of the model. Immutable.
 *
 * @param issuerName the configured name of the issuer
 */
record UpkeepListener(String issuerName, Upkeep upkeep) implements IntrospectionListener {

    @Override
    public void ended(Ended how, Duration took) {
        upkeep.introspected(issuerName, outcome(how), took);
    }

    private static IntrospectionCall outcome(Ended how) {
        return switch (how) {
            case ACTIVE -> IntrospectionCall.ACTIVE;
            case INACTIVE -> IntrospectionCall.INACTIVE;
            case UNAVAILABLE -> IntrospectionCall.UNAVAILABLE;
            case TIMEOUT -> IntrospectionCall.TIMEOUT;
            case REFUSED_CLIENT -> IntrospectionCall.REFUSED_CLIENT;
            case MALFORMED -> IntrospectionCall.MALFORMED;
            case OVERLOADED -> IntrospectionCall.OVERLOADED;
            case RESTING -> IntrospectionCall.RESTING;
        };
    }

    @Override
    public void sought(boolean kept) {
        upkeep.answerSought(kept);
    }

    @Override
    public void lastKnownServed() {
        upkeep.lastKnownServed(issuerName);
    }

    @Override
    public void evicted() {
        upkeep.answerEvicted();
    }
}
