package dev.scopegate.sample.authorization;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsent;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The login, consent, device, start and error pages. They only show; what a click may do is checked where it arrives. */
@RestController
class PagesController implements ErrorController {

    private final Pages pages;
    private final RegisteredClientRepository clients;
    private final OAuth2AuthorizationConsentService consents;
    private final AuthorizationServerSettings settings;

    PagesController(
            Pages pages,
            RegisteredClientRepository clients,
            OAuth2AuthorizationConsentService consents,
            AuthorizationServerSettings settings) {
        this.settings = settings;
        this.pages = pages;
        this.clients = clients;
        this.consents = consents;
    }

    @GetMapping(path = "/login", produces = MediaType.TEXT_HTML_VALUE)
    String login(CsrfToken csrf, HttpServletRequest request) {
        return pages.render("login", new LoginPage(Hidden.of(csrf), asks(request, "error"), asks(request, "logout")));
    }

    @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
    String home(CsrfToken csrf, Authentication user, HttpServletRequest request) {
        return pages.render("home", new HomePage(Hidden.of(csrf), user.getName(), asks(request, "success")));
    }

    /** RFC 8628 §3.3: where a person says which device it is. */
    @GetMapping(path = "/activate", produces = MediaType.TEXT_HTML_VALUE)
    String activate(@RequestParam(name = "user_code", defaultValue = "") String userCode) {
        return pages.render(
                "activate", Map.of("userCode", userCode, "action", settings.getDeviceVerificationEndpoint()));
    }

    @GetMapping(path = "/consent", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> consent(
            Authentication user,
            @RequestParam("client_id") String clientId,
            @RequestParam("state") String state,
            @RequestParam(name = "scope", defaultValue = "") String scope,
            @RequestParam(name = "user_code", defaultValue = "") String userCode) {
        RegisteredClient client = clients.findByClientId(clientId);
        if (client == null) {
            return errorPage(HttpStatus.BAD_REQUEST);
        }
        List<String> asked = Arrays.stream(scope.split(" ", -1))
                .filter(client.getScopes()::contains)
                .toList();
        List<Choice> choices = choices(asked, allowedBefore(client, user), user);
        return page(
                HttpStatus.OK,
                pages.render(
                        "consent",
                        new ConsentPage(
                                client.getClientName(),
                                user.getName(),
                                clientId,
                                state,
                                choices,
                                form(userCode),
                                userCode)));
    }

    @RequestMapping("/error")
    ResponseEntity<String> error(HttpServletRequest request) {
        return errorPage(
                request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                        ? HttpStatusCode.valueOf(code)
                        : HttpStatus.NOT_FOUND);
    }

    private Set<String> allowedBefore(RegisteredClient client, Authentication user) {
        OAuth2AuthorizationConsent consent = consents.findById(client.getId(), user.getName());
        return consent == null ? Set.of() : consent.getScopes();
    }

    private static List<Choice> choices(Collection<String> asked, Set<String> allowedBefore, Authentication user) {
        // `openid` is the login itself: there is nothing to choose.
        Set<String> grantable = DemoUsers.grantable(asked, user);
        return Stream.concat(
                        Stream.of(new Choice(
                                OidcScopes.PROFILE, "See your user name", allowedBefore.contains(OidcScopes.PROFILE))),
                        Arrays.stream(ContactScope.values())
                                .map(scope -> new Choice(
                                        scope.value(), scope.meaning(), allowedBefore.contains(scope.value()))))
                .filter(choice -> grantable.contains(choice.scope()))
                .toList();
    }

    /** Where the answer goes: the endpoint that asked. */
    private String form(String userCode) {
        return userCode.isEmpty() ? settings.getAuthorizationEndpoint() : settings.getDeviceVerificationEndpoint();
    }

    private ResponseEntity<String> errorPage(HttpStatusCode status) {
        String title = Optional.ofNullable(HttpStatus.resolve(status.value()))
                .map(HttpStatus::getReasonPhrase)
                .orElse("Error");
        return page(status, pages.render("error", Map.of("status", status.value(), "title", title)));
    }

    private static ResponseEntity<String> page(HttpStatusCode status, String html) {
        return ResponseEntity.status(status).contentType(MediaType.TEXT_HTML).body(html);
    }

    private static boolean asks(HttpServletRequest request, String parameter) {
        return request.getParameter(parameter) != null;
    }

    record LoginPage(Hidden csrf, boolean failed, boolean signedOut) {}

    record HomePage(Hidden csrf, String user, boolean device) {}

    record ConsentPage(
            String client,
            String user,
            String clientId,
            String state,
            List<Choice> choices,
            String action,
            String userCode) {

        boolean device() {
            return !userCode.isEmpty();
        }

        boolean nothing() {
            return choices.isEmpty();
        }
    }

    /** A hidden field against forged requests; {@code toString} leaves the value out. */
    record Hidden(String name, String value) {

        static Hidden of(CsrfToken token) {
            return new Hidden(token.getParameterName(), token.getToken());
        }

        @Override
        public String toString() {
            return "Hidden[name=" + name + "]";
        }
    }

    record Choice(String scope, String meaning, boolean allowedBefore) {}
}
