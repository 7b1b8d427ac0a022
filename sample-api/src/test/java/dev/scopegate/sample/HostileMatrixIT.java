package dev.scopegate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.sample.contacts.ContactsApi;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.matrix.HostileCase;
import dev.scopegate.test.matrix.HostileCases;
import dev.scopegate.test.matrix.HostileMatrix;
import dev.scopegate.test.matrix.ProtectedRoute;
import dev.scopegate.test.matrix.TestedApi;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The hostile matrix against the contacts API as it is configured: only, another issuer listens where it looks for its own. */
class HostileMatrixIT {

    private static TestIssuer issuer;
    private static ContactsApi api;
    private static URI address;

    @BeforeAll
    static void start() {
        int port = Ports.from("--server.port=0").api();
        address = URI.create("http://localhost:" + port);
        issuer = TestIssuer.startFor(address + "/contacts");
        api = ContactsApi.start(port, URI.create(issuer.issuer()).getPort());
    }

    @AfterAll
    static void stop() {
        api.close();
        issuer.close();
    }

    @HostileMatrix(route = "GET /contacts", scopes = "read:contacts")
    void list_hostileRequest_answeredAsItHasToBe(HostileCase each) throws Exception {
        each.judge(TestedApi.http(address), issuer);
    }

    @HostileMatrix(route = "GET /contacts/1", scopes = "read:contacts")
    void show_hostileRequest_answeredAsItHasToBe(HostileCase each) throws Exception {
        each.judge(TestedApi.http(address), issuer);
    }

    @Test
    void matrix_ofARouteWithScopes_isSixtyCasesAndMore() {
        assertThat(HostileCases.of(ProtectedRoute.of("GET /contacts", "read:contacts")))
                .hasSizeGreaterThanOrEqualTo(60)
                .extracting(HostileCase::name)
                .doesNotHaveDuplicates();
    }
}
