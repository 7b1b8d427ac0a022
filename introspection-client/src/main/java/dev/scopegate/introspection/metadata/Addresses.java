package dev.scopegate.introspection.metadata;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which addresses are safe to ask, and where an issuer's metadata may be. Immutable. */
final class Addresses {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]");

    private final boolean allowInsecureLoopback;

    Addresses(boolean allowInsecureLoopback) {
        this.allowInsecureLoopback = allowInsecureLoopback;
    }

    /** The endpoint that {@code text} names: https (or http on loopback, where allowed), with a host, for no user in particular. */
    Optional<URI> endpoint(String text) {
        try {
            return Optional.of(new URI(text)).filter(this::isSafe);
        } catch (URISyntaxException broken) {
            return Optional.empty();
        }
    }

    /** The issuer that {@code text} names: as an endpoint, but without a query. */
    Optional<URI> issuer(String text) {
        // RFC 8414 §2: the identifier has no query and no fragment.
        return endpoint(text).filter(uri -> uri.getRawQuery() == null);
    }

    private boolean isSafe(URI uri) {
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            return false;
        }
        boolean plainLoopback = allowInsecureLoopback
                && "http".equalsIgnoreCase(uri.getScheme())
                && LOOPBACK.matcher(uri.getHost().toLowerCase(Locale.ROOT)).matches();
        return plainLoopback || "https".equalsIgnoreCase(uri.getScheme());
    }

    /** Where the metadata of {@code issuer} may be, in the order in which to ask. */
    static List<URI> wellKnown(URI issuer) {
        String origin = issuer.getScheme() + "://" + issuer.getRawAuthority();
        String path = withoutTrailingSlash(issuer.getRawPath());
        Set<String> addresses = new LinkedHashSet<>();
        addresses.add(origin + path + "/.well-known/openid-configuration");
        // RFC 8414 §3: inserted between the host and the path; §5 lets OIDC's name be inserted as well.
        addresses.add(origin + "/.well-known/oauth-authorization-server" + path);
        addresses.add(origin + "/.well-known/openid-configuration" + path);
        List<URI> uris = new ArrayList<>();
        addresses.forEach(address -> uris.add(URI.create(address)));
        return uris;
    }

    private static String withoutTrailingSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
