package dev.scopegate.sample.playground;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.scopegate.ResourceServer;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.route.RouteTable;
import dev.scopegate.sample.authorization.Offer;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells the page of both servers what it has to know, from what is configured. */
@RestController
class SetupController {

    private final Offer offer;
    private final ResourceServer resourceServer;

    SetupController(Offer offer, ResourceServer resourceServer) {
        this.offer = offer;
        this.resourceServer = resourceServer;
    }

    record Setup(@JsonUnwrapped Offer offer, List<Rule> rules) {}

    /** A rule of the API, as it is written, and what it asks in words. */
    record Rule(String route, String requires) {}

    @GetMapping("/playground/setup")
    Setup setup() {
        return new Setup(
                offer,
                resourceServer.config().routes().stream()
                        .map(route -> RouteTable.requirement(
                                route, resourceServer.config().mode()))
                        .filter(rule -> !Feed.isPlayground(rule.route()))
                        .map(SetupController::rule)
                        .toList());
    }

    private static Rule rule(RouteRequirement requirement) {
        return new Rule(requirement.route(), requirement.summary());
    }
}
