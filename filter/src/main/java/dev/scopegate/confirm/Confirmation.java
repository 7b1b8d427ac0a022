package dev.scopegate.confirm;

import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.Validation;
import java.util.Optional;

/**
 * Whether a token may be used by whoever presents it.
 *
 * <p>No proof of possession is verified yet, so a token with a confirmation claim is always refused: a stolen bound token
 * must not become worth something by being sent as a plain bearer token. Safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9449#section-7.2">RFC 9449 §7.2</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8705#section-3">RFC 8705 §3</a>
 */
public final class Confirmation {

    private Confirmation() {}

    /** Why the presenter may not use a token that is valid, or nothing if it may. */
    public static Optional<RefusalReason> refusal(Validation.Valid valid) {
        return valid.bound() ? Optional.of(RefusalReason.BOUND_TOKEN) : Optional.empty();
    }
}
