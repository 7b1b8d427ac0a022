package dev.scopegate.introspection;

import java.io.IOException;
import java.net.URI;

/**
 * Says where the introspection endpoint is. Asked before each call to it, never for an answer that is still kept, and from
 * threads of the client alone; whoever has to look the address up keeps it himself, and keeps that short.
 */
@FunctionalInterface
public interface EndpointSource {

    /**
     * The endpoint, an https address that is trusted with tokens and with the client's secret.
     *
     * @throws IOException if it cannot be found out now; the introspection then fails, and the next one asks again
     */
    URI endpoint() throws IOException;
}
