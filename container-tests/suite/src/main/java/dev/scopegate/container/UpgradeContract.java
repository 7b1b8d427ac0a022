package dev.scopegate.container;

import static dev.scopegate.container.UnderTest.assertRefusal;
import static dev.scopegate.container.UnderTest.challenge;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * That a WebSocket is opened only to whom its route is for: afterwards nobody asks again. The container offers one at {@code
 * /feed}.
 */
public abstract class UpgradeContract extends ProtectedApplication {

    protected UpgradeContract(ServletContainer container, Deployment deployment) {
        super(container, deployment);
    }

    @Test
    void webSocket_noToken_refusedBeforeTheUpgrade() {
        RawResponse response = upgrade();

        assertRefusal(response, 401);
        assertThat(challenge(response)).contains("scope=\"read:contacts\"").doesNotContain("error");
    }

    @Test
    void webSocket_tokenWithoutTheScope_refusedBeforeTheUpgrade() {
        assertRefusal(upgrade(Client.bearer(tokens().withScopes("read:reports"))), 403);
    }

    @Test
    void webSocket_goodToken_upgraded() {
        RawResponse response = upgrade(Client.bearer(reader()));

        assertThat(response.status()).as(response.toString()).isEqualTo(101);
        assertThat(response.header("Upgrade"))
                .hasValueSatisfying(protocol -> assertThat(protocol).isEqualToIgnoringCase("websocket"));
    }

    private RawResponse upgrade(String... more) {
        String[] lines = new String[more.length + 4];
        lines[0] = "Upgrade: websocket";
        lines[1] = "Connection: Upgrade";
        lines[2] = "Sec-WebSocket-Version: 13";
        lines[3] = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
        System.arraycopy(more, 0, lines, 4, more.length);
        return client().get("/feed", lines);
    }
}
