package dev.scopegate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpNetworkTest {

    @ParameterizedTest(name = "{1} in {0}: {2}")
    @CsvSource({
        "127.0.0.1,      127.0.0.1,              true",
        "127.0.0.1,      127.0.0.2,              false",
        "127.0.0.1/32,   127.0.0.1,              true",
        "10.0.0.0/8,     10.255.1.2,             true",
        "10.1.2.3/8,     10.255.1.2,             true",
        "10.0.0.0/8,     11.0.0.0,               false",
        "192.168.0.0/17, 192.168.127.255,        true",
        "192.168.0.0/17, 192.168.128.0,          false",
        "0.0.0.0/0,      203.0.113.9,            true",
        "0.0.0.0/0,      ::1,                    false",
        "::1,            ::1,                    true",
        "::1,            0:0:0:0:0:0:0:1,        true",
        "fd00::/8,       fdff::1,                true",
        "fd00::/8,       fe80::1,                false",
        "10.0.0.0/8,     ::ffff:10.1.1.1,        true",
        "10.0.0.0/8,     localhost,              false",
        "10.0.0.0/8,     '',                     false",
        "10.0.0.0/8,     10.0.0.1.example.com,   false",
    })
    void contains_address_byItsLeadingBits(String network, String address, boolean member) {
        assertThat(IpNetwork.of(network).contains(address)).isEqualTo(member);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "example.com/8",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "::1/129",
                "10.0.0",
                "300.0.0.1",
                "/8"
            })
    void of_noNetwork_refused(String text) {
        assertThatThrownBy(() -> IpNetwork.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
