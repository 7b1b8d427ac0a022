package dev.scopegate.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {

    @Test
    void from_bothOptions_taken() {
        assertThat(Ports.from("--server.port=8081", "--authorization-server.port=9001"))
                .isEqualTo(new Ports(8081, 9001));
    }

    @Test
    void from_noOptions_defaults() {
        assertThat(Ports.from("--spring.profiles.active=postgres")).isEqualTo(new Ports(8080, 9000));
    }

    @Test
    void from_zero_twoDifferentFreePorts() {
        Ports ports = Ports.from("--server.port=0", "--authorization-server.port=0");

        assertThat(ports.api()).isPositive().isNotEqualTo(ports.authorizationServer());
        assertThat(ports.authorizationServer()).isPositive();
        assertThatCode(ports::requireFree).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "99999", "100000", "http", "", "8080 ", "+80"})
    void from_noPortNumber_refusedNamingTheOption(String value) {
        assertThatThrownBy(() -> Ports.from("--server.port=" + value))
                .isInstanceOf(CannotStartException.class)
                .hasMessage("--server.port must be a port number, 0 to 65535.");
    }

    @Test
    void from_highestPort_taken() {
        assertThat(Ports.from("--server.port=65535").api()).isEqualTo(65_535);
    }

    @Test
    void from_samePortTwice_refused() {
        assertThatThrownBy(() -> Ports.from("--server.port=9000"))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("both name port 9000");
    }

    @Test
    void requireFree_apiPortTaken_refusedNamingPortAndOption() throws IOException {
        try (ServerSocket taken = loopback()) {
            Ports ports = new Ports(taken.getLocalPort(), freePort());

            assertThatThrownBy(ports::requireFree)
                    .isInstanceOf(CannotStartException.class)
                    .hasMessage("Port " + taken.getLocalPort() + " for the contacts API is taken; stop what uses it, or"
                            + " choose another port with --server.port=PORT.");
        }
    }

    @Test
    void requireFree_authorizationServerPortTaken_refusedNamingPortAndOption() throws IOException {
        try (ServerSocket taken = loopback()) {
            Ports ports = new Ports(freePort(), taken.getLocalPort());

            assertThatThrownBy(ports::requireFree)
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining("" + taken.getLocalPort())
                    .hasMessageEndingWith("--authorization-server.port=PORT.");
        }
    }

    private static ServerSocket loopback() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static int freePort() {
        return Ports.from("--server.port=0").api();
    }
}
