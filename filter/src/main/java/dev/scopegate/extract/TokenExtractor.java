package dev.scopegate.extract;

import dev.scopegate.model.AccessToken;
import dev.scopegate.model.Credentials;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.RequestSnapshot.Elsewhere;
import dev.scopegate.model.Transport;
import dev.scopegate.model.Transport.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the one access token of a request, in the places that are configured. A request that presents two, in one place or
 * in two, is malformed: whoever takes the one and whoever takes the other see two different callers.
 *
 * <p>Checks the length. Does not check the token, nor its characters. Immutable; safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2">RFC 6750 §2</a>
 */
public final class TokenExtractor {

    private static final Credentials ABSENT = new Credentials.Absent();

    private final AuthorizationHeader header;
    private final List<Transport> transports;
    private final Set<Kind> kinds;
    private final boolean headerOnly;
    private final int maxBytes;

    /**
     * An extractor.
     *
     * @param transports the places where a token may stand, besides the {@code Authorization} field
     * @param maxBytes the longest token, in bytes
     */
    public TokenExtractor(List<Transport> transports, int maxBytes) {
        this.header = new AuthorizationHeader(maxBytes);
        this.transports = List.copyOf(transports);
        this.kinds = transports.stream().map(Transport::kind).collect(Collectors.toUnmodifiableSet());
        this.headerOnly = kinds.equals(Set.of(Kind.HEADER));
        this.maxBytes = maxBytes;
    }

    /** The credentials that {@code request} presents. */
    public Credentials extract(RequestSnapshot request) {
        // RFC 6750 §2.1: this place is always one, so a token here counts whatever is configured.
        Credentials inHeader = header.extract(request.authorization());
        if (headerOnly) {
            return inHeader;
        }
        List<Credentials> found = new ArrayList<>();
        if (!(inHeader instanceof Credentials.Absent)) {
            found.add(inHeader);
        }
        collect(request.elsewhere(), found);
        return switch (found.size()) {
            case 0 -> ABSENT;
            case 1 -> found.get(0);
            default -> new Credentials.Malformed(RefusalReason.CREDENTIALS_REPEATED);
        };
    }

    private void collect(Elsewhere elsewhere, List<Credentials> found) {
        List<String> inQuery = QueryParameters.values(elsewhere.query(), "access_token");
        int inBody = elsewhere.parameters().size() - inQuery.size();
        if (kinds.contains(Kind.QUERY) || (kinds.contains(Kind.FORM) && inBody > 0)) {
            // A token in the query beside one in the form is a second one, even where the query is not a place for it.
            inQuery.forEach(value -> found.add(read(value, Kind.QUERY)));
        }
        if (kinds.contains(Kind.FORM)) {
            // Containers name the parameters of the query first.
            elsewhere.parameters().stream().skip(inQuery.size()).forEach(value -> found.add(read(value, Kind.FORM)));
        }
        elsewhere.cookies().forEach(value -> found.add(read(value, Kind.COOKIE)));
    }

    private Credentials read(String value, Kind kind) {
        if (value.length() > maxBytes) {
            return new Credentials.Malformed(RefusalReason.TOKEN_TOO_LARGE);
        }
        if (value.isEmpty()) {
            return new Credentials.Malformed(RefusalReason.CREDENTIALS_MALFORMED);
        }
        Transport via = transports.stream()
                .filter(transport -> transport.kind() == kind)
                .findFirst()
                .orElse(Transport.HEADER);
        return new Credentials.Presented(new AccessToken(value), via);
    }
}
