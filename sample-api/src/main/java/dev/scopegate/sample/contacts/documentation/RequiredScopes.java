package dev.scopegate.sample.contacts.documentation;

import dev.scopegate.ResourceServer;
import dev.scopegate.model.Access;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.RouteRequirement;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/**
 * Writes beside each operation the scopes that its rule requires, so that the document cannot say anything else than the
 * rules. Does not write what else a rule may ask for, such as a recent sign-in: those of this API ask for scopes alone.
 */
@Component
class RequiredScopes implements OpenApiCustomizer {

    private final ResourceServer server;

    RequiredScopes(ResourceServer server) {
        this.server = server;
    }

    @Override
    public void customise(OpenAPI document) {
        document.getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) -> operation.setSecurity(security(method.name(), path))));
    }

    private List<SecurityRequirement> security(String method, String path) {
        String example = path.replace("{id}", "1");
        RouteRequirement rule = server.decide(new RequestSnapshot(method, example, example, List.of()))
                .requirement();
        if (rule.access() == Access.PUBLIC) {
            return List.of();
        }
        return List.of(new SecurityRequirement().addList(DocumentConfiguration.SCHEME, List.copyOf(rule.scopes())));
    }
}
