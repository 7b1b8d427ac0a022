package dev.scopegate.sample.contacts.documentation;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.OAuthFlow;
import io.swagger.v3.oas.models.security.OAuthFlows;
import io.swagger.v3.oas.models.security.Scopes;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the code cannot tell of the API: its title and where its tokens come from. The operations are read from the
 * handlers by springdoc, and which scopes they need from the rules by Scopegate's starter.
 */
@Configuration(proxyBeanMethods = false)
class DocumentConfiguration {

    @Bean
    OpenAPI contactsDocument(@Value("${scopegate.issuers[0].issuer}") String issuer) {
        return new OpenAPI()
                .info(new Info()
                        .title("Contacts")
                        .version("1")
                        .description("A sample API. Its users, secrets and tokens are for the demo only."))
                .servers(List.of(new Server().url("/").description("where this document comes from")))
                .components(new Components().addSecuritySchemes("tokens", scheme(issuer)));
    }

    private static SecurityScheme scheme(String issuer) {
        Scopes scopes = new Scopes()
                .addString("read:contacts", "see the contacts")
                .addString("create:contacts", "add contacts")
                .addString("delete:contacts", "delete contacts for good");
        OAuthFlow people = new OAuthFlow()
                .authorizationUrl(issuer + "/oauth2/authorize")
                .tokenUrl(issuer + "/oauth2/token")
                .refreshUrl(issuer + "/oauth2/token")
                .scopes(scopes);
        OAuthFlow machines = new OAuthFlow().tokenUrl(issuer + "/oauth2/token").scopes(scopes);
        return new SecurityScheme()
                .type(SecurityScheme.Type.OAUTH2)
                .description("An access token of the authorization server, in the field Authorization")
                .flows(new OAuthFlows().authorizationCode(people).clientCredentials(machines));
    }
}
