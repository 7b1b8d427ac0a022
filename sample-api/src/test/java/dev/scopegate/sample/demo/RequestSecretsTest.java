package dev.scopegate.sample.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.Requirement;
import org.junit.jupiter.api.Test;

class RequestSecretsTest {

    @Test
    @Requirement("RFC7636 §4.2")
    void challenge_ofTheVerifierInTheSpecification_isTheOneThere() {
        RequestSecrets secrets = new RequestSecrets("state", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

        assertThat(secrets.challenge()).isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    @Test
    @Requirement("RFC7636 §4.1")
    void random_eachTime_othersOfTheRightFormAndLength() {
        RequestSecrets one = RequestSecrets.random();
        RequestSecrets another = RequestSecrets.random();

        assertThat(one.verifier()).matches("[A-Za-z0-9_-]{43}");
        assertThat(one.state()).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(one.verifier());
        assertThat(another.verifier()).isNotEqualTo(one.verifier());
        assertThat(another.state()).isNotEqualTo(one.state());
    }

    @Test
    void toString_holdsNoSecret() {
        RequestSecrets secrets = RequestSecrets.random();

        assertThat(secrets.toString()).doesNotContain(secrets.state(), secrets.verifier());
    }
}
