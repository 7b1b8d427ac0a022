package dev.scopegate.introspection;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.introspection.http.HttpAnswer;
import dev.scopegate.introspection.json.StrictJson;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Answers as JWTs that the issuer has signed: form, kind, algorithm, signature, claims, in that order. Keeps nothing. Safe for
 * concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9701#section-5">RFC 9701 §5</a>
 */
final class SignedForm implements AnswerForm {

    private static final String TYPE = "token-introspection+jwt";
    private static final String MEDIA_TYPE = "application/" + TYPE;

    /** Each costs a verification. */
    private static final int MAX_KEYS = 4;

    private final AnswerKeys keys;
    private final Set<JWSAlgorithm> algorithms;
    private final AnswerClaims claims;

    SignedForm(SignedAnswers how, String clientId, InstantSource clock) {
        this.keys = how.keys();
        this.algorithms = how.accepted();
        this.claims = new AnswerClaims(how, clientId, clock);
    }

    @Override
    public String accept() {
        return MEDIA_TYPE;
    }

    @Override
    public Map<String, Object> members(HttpAnswer answer) throws IOException {
        // Plain JSON instead would be the whole attack: whoever stands in between need not forge what nobody asks for.
        if (!answer.contentType().equals(MEDIA_TYPE)) {
            throw IntrospectionException.malformed("the answer is not " + MEDIA_TYPE);
        }
        SignedObject object = SignedObject.read(answer.body());
        checkKind(object);
        verify(object, algorithm(object));
        // What the signature vouches for is read only now.
        return claims.judge(StrictJson.object(object.payload())
                .orElseThrow(
                        () -> IntrospectionException.malformed("the signed answer is not one strict JSON object")));
    }

    private static void checkKind(SignedObject object) throws IntrospectionException {
        Optional<String> type = object.text("typ").map(text -> text.toLowerCase(Locale.ROOT));
        // The issuer signs much with the same key: an access token or ID token must not pass for an answer about one.
        if (type.isEmpty() || !(type.get().equals(TYPE) || type.get().equals(MEDIA_TYPE))) {
            throw IntrospectionException.malformed("the signed answer has another type");
        }
        // RFC 7515 §4.1.11: no extension is understood here, so none that is critical may pass.
        if (object.header().containsKey("crit") || object.header().containsKey("b64")) {
            throw IntrospectionException.malformed("the signed answer has a critical extension");
        }
    }

    private JWSAlgorithm algorithm(SignedObject object) throws IntrospectionException {
        // RFC 8725 §3.1: the list is the configuration's, else the answer would choose how it is verified.
        return object.text("alg")
                .map(JWSAlgorithm::parse)
                .filter(algorithms::contains)
                .orElseThrow(() -> IntrospectionException.malformed("the answer is signed by another algorithm"));
    }

    private void verify(SignedObject object, JWSAlgorithm algorithm) throws IntrospectionException {
        boolean named = object.header().containsKey("kid");
        Optional<String> keyId = object.text("kid");
        if (named && keyId.isEmpty()) {
            throw IntrospectionException.malformed("the signed answer names its key by something else than text");
        }
        List<JWK> fitting = fitting(algorithm, keyId);
        if (fitting.isEmpty()) {
            // Perhaps the issuer has just changed its keys. No reason to throw a good token away, or to call the answer
            // forged.
            throw new IntrospectionException(
                    Kind.ENDPOINT_UNAVAILABLE, "the key that the answer is signed with is not known");
        }
        if (fitting.stream().noneMatch(key -> AnswerSignature.isBy(key, algorithm, object))) {
            throw IntrospectionException.malformed("the signature of the answer does not hold");
        }
    }

    private List<JWK> fitting(JWSAlgorithm algorithm, Optional<String> keyId) throws IntrospectionException {
        try {
            return keys.find(algorithm, keyId).stream()
                    // The source may be careless; a key of another name, or for another purpose, is not the issuer's
                    // for this.
                    .filter(key -> keyId.isEmpty() || keyId.get().equals(key.getKeyID()))
                    .filter(key -> AnswerSignature.fits(key, algorithm))
                    .limit(MAX_KEYS)
                    .toList();
        } catch (IOException unavailable) {
            throw new IntrospectionException(
                    Kind.ENDPOINT_UNAVAILABLE, "the keys that answers are signed with are not to be had", unavailable);
        }
    }
}
