package dev.scopegate.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import dev.scopegate.model.AccessToken;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.Validation;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CompactJwsTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    @ParameterizedTest
    @Requirement("RFC7515 §7.1")
    @CsvSource({
        "e30.e30.AAAA,       ''",
        "e30..AAAA,          ''",
        "e30.e30,            TOKEN_MALFORMED",
        "e30,                TOKEN_MALFORMED",
        "e30.e30.AAAA.,      TOKEN_MALFORMED",
        "e30.e30.AAAA.e30,   TOKEN_MALFORMED",
        "e30.=.AAAA,         TOKEN_MALFORMED",
        "e30. .AAAA,         TOKEN_MALFORMED",
        "e30.e30.AAA=,       TOKEN_MALFORMED",
        "e30.A.AAAA,         TOKEN_MALFORMED",
        "e30.e30é.AAAA,      TOKEN_MALFORMED",
        "e30.eŁ30.AAAA,      TOKEN_MALFORMED",
        "e30.e30.AAA\uD83D\uDE00, TOKEN_MALFORMED",
        "e30.AAAA.AA.AA.AA,  TOKEN_ENCRYPTED",
        "....,               TOKEN_ENCRYPTED",
    })
    void read_text_threePartsOrRefused(String text, String reason) {
        CompactJws.Reading reading = CompactJws.read(new AccessToken(text), CompactJws.octets(text));

        if (reason.isEmpty()) {
            assertThat(reading).isInstanceOf(CompactJws.Reading.Read.class);
        } else {
            assertThat(reading).isEqualTo(new CompactJws.Reading.Unreadable(RefusalReason.valueOf(reason)));
        }
    }

    @Test
    void validate_noPayloadButWellSigned_refusedForItsClaims() throws Exception {
        RSAKey key = ISSUER.signingKey(JWSAlgorithm.RS256).toRSAKey();
        JWSObject empty = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), new Payload(new byte[0]));
        empty.sign(new RSASSASigner(key));

        JwtValidator validator = LocalValidator.of(ISSUER);

        assertThat(empty.serialize()).contains("..");
        assertThat(validator.validate(empty.serialize()))
                .isEqualTo(new Validation.Refused(RefusalReason.TOKEN_MALFORMED));
        assertThat(validator.validate(ISSUER.token().sign())).isInstanceOf(Validation.Valid.class);
    }
}
