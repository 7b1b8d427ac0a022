package dev.scopegate.cli;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.TokenBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder with a configuration whose issuer is known by a file of keys, so that nothing is called.
 *
 * @param folder where the files are
 * @param signer what signs the tokens of the issuer
 */
record Example(Path folder, TestIssuer signer) {

    static final String ISSUER = "https://login.example.com";

    /** The documented configuration: its rules are those of the page on the command line. */
    static final String CONFIG = """
            resource: https://api.example.com/contacts

            issuers:
              - issuer: https://login.example.com
                jwks: { file: keys.json }

            routes:
              - { route: GET /contacts/**,        scopes: read:contacts }
              - { route: POST /contacts,          scopes: create:contacts }
              - { route: 'DELETE /contacts/{id}', scopes: delete:contacts }
              - { route: '* /contacts/**',        access: authenticated }
              - { route: GET /health,             access: public }
            """;

    /** Writes the keys and the configuration into {@code folder}. */
    static Example in(Path folder, TestIssuer signer) throws IOException {
        Example example = new Example(folder, signer);
        RSAKey key = signer.signingKey(JWSAlgorithm.RS256).toRSAKey();
        example.write(
                "keys.json",
                new JWKSet(new RSAKey.Builder(key).keyID("key-1").build().toPublicJWK()).toString());
        example.write("scopegate.yaml", CONFIG);
        return example;
    }

    /** A good token of the issuer, to be changed. */
    TokenBuilder token() {
        return signer.token().claim("iss", ISSUER).withKid("key-1");
    }

    /** Writes a file and returns its path. */
    String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    /** The path of a file. */
    String path(String name) {
        return folder.resolve(name).toString();
    }
}
