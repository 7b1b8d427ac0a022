package dev.scopegate.container.tomcat;

import com.example.contacts.ContactsServlet;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.matrix.HostileCase;
import dev.scopegate.test.matrix.HostileMatrix;
import dev.scopegate.test.matrix.TestedApi;
import java.net.URI;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/* What follows is in docs/testing.md, letter by letter. */
class HostileContactsIT {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static Tomcat tomcat;

    @BeforeAll
    static void startApi() throws Exception {
        tomcat = EmbeddedTomcatExample.start(new ContactsServlet(), ISSUER.issuer(), 0);
    }

    @AfterAll
    static void stopApi() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    @HostileMatrix(route = "GET /contacts", scopes = "read:contacts")
    void contacts_hostileRequest_answeredAsItHasToBe(HostileCase each) throws Exception {
        int port = tomcat.getConnector().getLocalPort();
        each.judge(TestedApi.http(URI.create("http://localhost:" + port)), ISSUER);
    }
}
