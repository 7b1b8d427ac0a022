package dev.scopegate.sample.playground;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/**
 * Keeps other people's pages away from the playground, which can stop a server, and bounds what is sent to it. Adds to each answer
 * what a browser is to hold the page to.
 *
 * <p>Lets programs other than browsers in: they can do no harm that they could not do anyway on this machine. Safe for concurrent
 * use.
 */
final class PlaygroundGate extends HttpFilter {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int MAX_BODY_BYTES = 16_384;

    private final List<String> hosts;
    private final String page;
    private final String policy;

    /**
     * A gate.
     *
     * @param port of the API
     * @param issuer the authorization server, which the page's scripts may call
     */
    PlaygroundGate(int port, URI issuer) {
        this.hosts = List.of("localhost:" + port, "127.0.0.1:" + port, "[::1]:" + port);
        this.page = "http://" + hosts.get(0);
        this.policy =
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' "
                        + issuer + "; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Content-Security-Policy", policy);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        Optional<Stop> stop = stop(request);
        if (stop.isPresent()) {
            answer(response, stop.get());
        } else if (request.getServletPath().equals("/") && !host(request).equals(hosts.get(0))) {
            // The authorization server knows the page by one name only.
            response.sendRedirect(page + "/");
        } else {
            chain.doFilter(request, response);
        }
    }

    private record Stop(HttpStatus status, String words) {}

    private Optional<Stop> stop(HttpServletRequest request) {
        // A foreign name that was made to resolve to this machine (DNS rebinding): its page would be of our origin.
        if (!hosts.contains(host(request))) {
            return Optional.of(new Stop(HttpStatus.MISDIRECTED_REQUEST, "Open " + page + "/ instead."));
        }
        boolean reading =
                request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        // A form, a script or an image of another page, which the browser of this machine's user would send for it
        // (CSRF).
        if (!ownOrigin(request) && !(reading && isLink(request))) {
            return Optional.of(new Stop(HttpStatus.FORBIDDEN, "Only the playground's own page may do this."));
        }
        if (reading) {
            return Optional.empty();
        }
        // Without a length nobody knows beforehand how much is to come.
        if (request.getContentLengthLong() < 0) {
            return Optional.of(new Stop(HttpStatus.LENGTH_REQUIRED, "Say how long the body is."));
        }
        return request.getContentLengthLong() > MAX_BODY_BYTES
                ? Optional.of(new Stop(HttpStatus.CONTENT_TOO_LARGE, "At most " + MAX_BODY_BYTES + " bytes."))
                : Optional.empty();
    }

    private static String host(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Host")).orElse("").toLowerCase(Locale.ROOT);
    }

    private static boolean ownOrigin(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        String site = request.getHeader("Sec-Fetch-Site");
        return (origin == null || origin.equals("http://" + host(request)))
                && (site == null || site.equals("same-origin") || site.equals("none"));
    }

    /** Whether the user goes from another page to this one, as from the consent page to the callback. */
    private static boolean isLink(HttpServletRequest request) {
        return "navigate".equals(request.getHeader("Sec-Fetch-Mode")) && request.getHeader("Origin") == null;
    }

    private static void answer(HttpServletResponse response, Stop stop) throws IOException {
        response.setStatus(stop.status().value());
        response.setContentType("application/problem+json");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.getWriter()
                .write("{\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                        .formatted(
                                stop.status().getReasonPhrase(), stop.status().value(), stop.words()));
    }
}
