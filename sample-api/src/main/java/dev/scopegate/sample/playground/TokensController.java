package dev.scopegate.sample.playground;

import dev.scopegate.sample.authorization.DemoMachine;
import dev.scopegate.sample.authorization.Offer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Gets tokens for machines, and asks what the authorization server says of a token. */
@RestController
class TokensController {

    private final Offer offer;
    private final Client client;
    private final String apiClientId;
    private final String apiSecret;

    TokensController(
            Offer offer,
            Client client,
            @Value("${scopegate.issuers[0].introspection.client-id}") String apiClientId,
            @Value("${scopegate.issuers[0].introspection.client-secret}") String apiSecret) {
        this.offer = offer;
        this.client = client;
        this.apiClientId = apiClientId;
        this.apiSecret = apiSecret;
    }

    /**
     * What is asked for.
     *
     * @param format {@code jwt} or {@code opaque}
     */
    record Wanted(@Nullable String format, @Nullable List<String> scopes) {}

    /**
     * What came of it.
     *
     * @param token the token response; absent if the authorization server refused
     */
    record Got(List<Client.Exchange> exchange, Optional<JsonNode> token) {}

    @PostMapping("/playground/machine-tokens")
    Got machineToken(@RequestBody Wanted wanted) {
        DemoMachine machine = Stream.of(DemoMachine.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(wanted.format()))
                .findFirst()
                .orElseThrow(() -> Refused.of(HttpStatus.BAD_REQUEST, "The format is jwt or opaque."));
        List<String> scopes = wanted.scopes() == null ? List.of() : wanted.scopes();
        Set<String> known = offer.scopes().stream().map(Offer.Scope::name).collect(Collectors.toSet());
        if (scopes.isEmpty() || !known.containsAll(scopes)) {
            throw Refused.of(HttpStatus.BAD_REQUEST, "The scopes are one or more of those that the server offers.");
        }
        try {
            Client.Answer answer = client.token(machine, List.copyOf(Set.copyOf(scopes)));
            boolean got = answer.exchange().status() == HttpStatus.OK.value();
            return new Got(List.of(answer.exchange()), got ? Optional.of(answer.body()) : Optional.empty());
        } catch (IOException e) {
            throw Refused.of(HttpStatus.SERVICE_UNAVAILABLE, "The authorization server cannot be reached.");
        }
    }

    @PostMapping("/playground/introspections")
    Object introspect(@RequestBody GivenToken given) {
        try {
            return client.post(apiClientId, apiSecret, offer.introspection(), Map.of("token", given.required()))
                    .body();
        } catch (IOException e) {
            return Map.of("error", "The authorization server cannot be reached.");
        }
    }
}
