package dev.scopegate.introspection.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.introspection.http.HttpAnswer;
import dev.scopegate.test.Requirement;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken for a token of our own, and for how long. */
class OwnTokenTest {

    @ParameterizedTest
    @Requirement("RFC6749 §5.1")
    @CsvSource(
            delimiter = '!',
            value = {
                "{'access_token':'abc','token_type':'Bearer','expires_in':3600}       ! 3600",
                "{'access_token':'abc','token_type':'bearer','expires_in':1}          ! 1",
                "{'access_token':'abc','token_type':'BEARER','expires_in':299.5}      ! 299",
                "{'access_token':'abc','token_type':'Bearer'}                         ! 60",
                "{'access_token':'abc','token_type':'Bearer','expires_in':null}       ! 60",
                "{'access_token':'abc','token_type':'Bearer','expires_in':'3600'}     ! 60",
                "{'access_token':'abc','token_type':'Bearer','expires_in':1e18}       ! 86400",
                "{'access_token':'abc','token_type':'Bearer','scope':'a','x':{}}      ! 60",
            })
    void read_soundAnswer_tokenAndLifetime(String body, long seconds) throws IOException {
        OwnToken token = OwnToken.read(answer(200, "application/json", body.replace('\'', '"')));

        assertThat(token.value()).isEqualTo("abc");
        assertThat(token.lifetime()).hasSeconds(seconds);
    }

    @ParameterizedTest
    @Requirement("RFC6749 §5.1")
    @CsvSource(
            delimiter = '!',
            value = {
                "{'token_type':'Bearer'}                                     ! no access token that can be sent",
                "{'access_token':'','token_type':'Bearer'}                   ! no access token that can be sent",
                "{'access_token':7,'token_type':'Bearer'}                    ! no access token that can be sent",
                "{'access_token':['abc'],'token_type':'Bearer'}              ! no access token that can be sent",
                "{'access_token':'a b','token_type':'Bearer'}                ! no access token that can be sent",
                "{'access_token':'a\\r\\nX: y','token_type':'Bearer'}        ! no access token that can be sent",
                "{'access_token':'ü','token_type':'Bearer'}                  ! no access token that can be sent",
                "{'access_token':'==','token_type':'Bearer'}                 ! no access token that can be sent",
                "{'access_token':'abc'}                                      ! no token of type Bearer",
                "{'access_token':'abc','token_type':'DPoP'}                  ! no token of type Bearer",
                "{'access_token':'abc','token_type':'mac'}                   ! no token of type Bearer",
                "{'access_token':'abc','token_type':true}                    ! no token of type Bearer",
                "{'access_token':'abc','token_type':'Bearer','expires_in':0} ! has expired",
                "{'access_token':'abc','token_type':'Bearer','expires_in':-1} ! has expired",
                "{'access_token':'abc','access_token':'b','token_type':'Bearer'} ! not one strict JSON object",
                "{'access_token':'abc','token_type':'Bearer'}x               ! not one strict JSON object",
                "[]                                                          ! not one strict JSON object",
                "<html>s3cret</html>                                         ! not one strict JSON object",
            })
    void read_unsoundAnswer_refusedWithoutQuoting(String body, String words) {
        assertThatThrownBy(() -> OwnToken.read(answer(200, "application/json", body.replace('\'', '"'))))
                .isExactlyInstanceOf(IOException.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("abc")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @Requirement("RFC6749 §5.2")
    @CsvSource({
        "400, true",
        "401, true",
        "403, true",
        "302, false",
        "204, false",
        "404, false",
        "429, false",
        "503, false"
    })
    void read_otherStatus_refusedAndOursToCorrectOrNot(int status, boolean ours) {
        String body = "{\"error\":\"invalid_client\",\"access_token\":\"abc\",\"token_type\":\"Bearer\"}";

        assertThatThrownBy(() -> OwnToken.read(answer(status, "application/json", body)))
                .isExactlyInstanceOf(ours ? ClientRefusedException.class : IOException.class)
                .hasMessageEndingWith("status " + status);
    }

    @Test
    void read_htmlThatIsJson_refused() {
        String body = "{\"access_token\":\"abc\",\"token_type\":\"Bearer\"}";

        assertThatThrownBy(() -> OwnToken.read(answer(200, "text/html", body)))
                .hasMessage("the answer of the token endpoint is not application/json");
    }

    @ParameterizedTest
    @CsvSource({"8192, true", "8193, false"})
    void read_longToken_takenUpToABound(int length, boolean taken) throws IOException {
        HttpAnswer answer = answer(
                200, "application/json", "{\"token_type\":\"Bearer\",\"access_token\":\"" + "a".repeat(length) + "\"}");

        if (taken) {
            assertThat(OwnToken.read(answer).value()).hasSize(length);
        } else {
            assertThatThrownBy(() -> OwnToken.read(answer)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void toString_token_hidden() throws IOException {
        assertThat(OwnToken.read(
                        answer(200, "application/json", "{\"access_token\":\"abc\",\"token_type\":\"Bearer\"}")))
                .hasToString("OwnToken[hidden]");
    }

    private static HttpAnswer answer(int status, String contentType, String body) {
        return new HttpAnswer(status, contentType, Optional.empty(), Optional.empty(), body.getBytes(UTF_8));
    }
}
