package dev.scopegate.validate;

import dev.scopegate.config.IntrospectionConfig;
import dev.scopegate.introspection.EndpointSource;
import dev.scopegate.introspection.authentication.AuthenticationMethod;
import dev.scopegate.introspection.authentication.BearerToken;
import dev.scopegate.introspection.authentication.ClientAuthentication;
import dev.scopegate.introspection.authentication.ClientCredentialsGrant;
import dev.scopegate.introspection.authentication.ClientCredentialsGrant.TokenEndpoint;
import dev.scopegate.introspection.authentication.ClientSecretBasic;
import dev.scopegate.introspection.authentication.ClientSecretPost;
import dev.scopegate.introspection.authentication.NegotiatedAuthentication;
import dev.scopegate.introspection.authentication.PrivateKeyJwt;
import dev.scopegate.introspection.authentication.SigningKey;
import dev.scopegate.introspection.authentication.TlsClientAuth;
import dev.scopegate.introspection.http.BoundedHttpClient;
import dev.scopegate.introspection.http.Errand;
import dev.scopegate.validate.keys.IssuerMetadata;
import dev.scopegate.validate.keys.Upstreams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How an issuer is asked about tokens: where, as whom, and over which connections. With a certificate of ours these are
 * connections for that alone: keys and metadata are fetched without showing who we are.
 *
 * <p>Safe for concurrent use.
 *
 * @param ownHttp the HTTP client, if it is one for this alone, which closes with this
 */
record IntrospectionAccess(
        EndpointSource endpoint,
        ClientAuthentication authentication,
        BoundedHttpClient http,
        Optional<BoundedHttpClient> ownHttp)
        implements AutoCloseable {

    /**
     * As configured. Calls nobody yet.
     *
     * @throws UncheckedIOException if a file that {@code how} names cannot be used
     */
    static IntrospectionAccess of(
            IssuerTerms terms, IntrospectionConfig how, Upstreams upstreams, InstantSource clock) {
        String issuer = terms.issuer();
        Ways ways = new Ways(terms, how, upstreams, clock);
        ClientAuthentication authentication = ways.chosen();
        Errand errand = Errand.to(terms.name(), Errand.Purpose.INTROSPECTION, how.endpoint());
        Optional<BoundedHttpClient> own = how.keyStore().isConfigured()
                ? Optional.of(showing(how.keyStore(), upstreams, errand))
                : how.sslBundle().map(bundle -> upstreams.with(bundle, errand));
        return new IntrospectionAccess(
                endpoint(how, authentication, upstreams.metadata(issuer)),
                authentication,
                own.orElseGet(() -> upstreams.http(errand)),
                own);
    }

    private static EndpointSource endpoint(
            IntrospectionConfig how, ClientAuthentication authentication, IssuerMetadata metadata) {
        if (how.endpoint().isPresent()) {
            return how.endpoint()::get;
        }
        if (authentication instanceof NegotiatedAuthentication negotiated) {
            return () -> negotiated.method().isByCertificate()
                    ? metadata.introspectionEndpointOverMutualTls()
                    : metadata.introspectionEndpoint();
        }
        return authentication instanceof TlsClientAuth
                ? metadata::introspectionEndpointOverMutualTls
                : metadata::introspectionEndpoint;
    }

    private static BoundedHttpClient showing(
            IntrospectionConfig.KeyStoreFile store, Upstreams upstreams, Errand errand) {
        try {
            return upstreams.showing(store.read(), store.readPassword().reveal().toCharArray(), errand);
        } catch (IOException unusable) {
            throw new UncheckedIOException("the key store of introspection cannot be used", unusable);
        }
    }

    @Override
    public void close() {
        ownHttp.ifPresent(BoundedHttpClient::close);
    }

    /** The ways to authenticate for which there are credentials. */
    private record Ways(IssuerTerms terms, IntrospectionConfig how, Upstreams upstreams, InstantSource clock) {

        ClientAuthentication chosen() {
            if (how.clientAuthentication().isPresent()) {
                return of(how.clientAuthentication().get());
            }
            if (how.endpoint().isEmpty()) {
                return new NegotiatedAuthentication(
                        all(), upstreams.metadata(terms.issuer())::introspectionEndpointAuthMethods);
            }
            if (how.privateKey().isConfigured()) {
                return of(IntrospectionConfig.ClientAuthentication.PRIVATE_KEY_JWT);
            }
            return of(
                    how.hasCertificate()
                            ? IntrospectionConfig.ClientAuthentication.TLS_CLIENT_AUTH
                            : IntrospectionConfig.ClientAuthentication.CLIENT_SECRET_BASIC);
        }

        private Map<AuthenticationMethod, ClientAuthentication> all() {
            Map<AuthenticationMethod, ClientAuthentication> all = new EnumMap<>(AuthenticationMethod.class);
            if (how.privateKey().isConfigured()) {
                all.put(AuthenticationMethod.PRIVATE_KEY_JWT, signed());
            }
            if (how.hasCertificate()) {
                all.put(AuthenticationMethod.TLS_CLIENT_AUTH, new TlsClientAuth(how.clientId()));
                all.put(AuthenticationMethod.SELF_SIGNED_TLS_CLIENT_AUTH, new TlsClientAuth(how.clientId()));
            }
            if (how.clientSecret().isPresent() || how.clientSecretFile().isPresent()) {
                all.put(AuthenticationMethod.CLIENT_SECRET_BASIC, basic());
                all.put(AuthenticationMethod.CLIENT_SECRET_POST, post());
            }
            return all;
        }

        private ClientAuthentication of(IntrospectionConfig.ClientAuthentication method) {
            return switch (method) {
                case CLIENT_SECRET_BASIC -> basic();
                case CLIENT_SECRET_POST -> post();
                case PRIVATE_KEY_JWT -> signed();
                case TLS_CLIENT_AUTH, SELF_SIGNED_TLS_CLIENT_AUTH -> new TlsClientAuth(how.clientId());
                case BEARER -> bearer();
            };
        }

        private ClientAuthentication basic() {
            String secret = how.readSecret().reveal();
            return how.unencodedBasicCredentials()
                    ? ClientSecretBasic.unencoded(how.clientId(), secret)
                    : new ClientSecretBasic(how.clientId(), secret);
        }

        private ClientAuthentication post() {
            return new ClientSecretPost(how.clientId(), how.readSecret().reveal());
        }

        private ClientAuthentication signed() {
            IntrospectionConfig.PrivateKey key = how.privateKey();
            try {
                SigningKey read = key.read();
                return new PrivateKeyJwt(how.clientId(), read, key.audience().orElse(terms.issuer()), clock);
            } catch (IOException unusable) {
                throw new UncheckedIOException("the private key of introspection cannot be used", unusable);
            }
        }

        private ClientAuthentication bearer() {
            IssuerMetadata metadata = upstreams.metadata(terms.issuer());
            TokenEndpoint endpoint = how.bearer()
                    .tokenEndpoint()
                    .<TokenEndpoint>map(uri -> () -> uri)
                    .orElse(metadata::tokenEndpoint);
            return new BearerToken(
                    new ClientCredentialsGrant(basic(), endpoint, how.bearer().scopes(), how.timeout()),
                    upstreams.http(Errand.to(
                            terms.name(), Errand.Purpose.TOKEN, how.bearer().tokenEndpoint())));
        }
    }
}
