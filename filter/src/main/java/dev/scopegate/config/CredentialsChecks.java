package dev.scopegate.config;

import dev.scopegate.config.IntrospectionConfig.ClientAuthentication;
import dev.scopegate.introspection.authentication.ClientSecretBasic;
import dev.scopegate.model.ScopeToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the credentials for introspection have to obey: those that the method needs are there and can be used, and no others are,
 * since somebody would believe that these protect something.
 */
final class CredentialsChecks {

    /** What a client can have to show. */
    private enum Kind {
        SECRET("client-secret"),
        PRIVATE_KEY("private-key"),
        KEY_STORE("key-store");

        final String key;

        Kind(String key) {
            this.key = key;
        }

        static Kind neededFor(ClientAuthentication method) {
            return switch (method) {
                case CLIENT_SECRET_BASIC, CLIENT_SECRET_POST, BEARER -> SECRET;
                case PRIVATE_KEY_JWT -> PRIVATE_KEY;
                case TLS_CLIENT_AUTH, SELF_SIGNED_TLS_CLIENT_AUTH -> KEY_STORE;
            };
        }
    }

    private final Findings findings;
    private final IntrospectionConfig how;
    private final String path;
    private final Set<Kind> given = EnumSet.noneOf(Kind.class);

    CredentialsChecks(Findings findings, IntrospectionConfig how, String path) {
        this.findings = findings;
        this.how = how;
        this.path = path;
        if (how.clientSecret().isPresent() || how.clientSecretFile().isPresent()) {
            given.add(Kind.SECRET);
        }
        if (how.privateKey().isConfigured()) {
            given.add(Kind.PRIVATE_KEY);
        }
        if (how.hasCertificate()) {
            given.add(Kind.KEY_STORE);
        }
    }

    void check(HttpConfig http) {
        if (how.clientId().isBlank()) {
            findings.report(path, "'" + path + ".client-id' is missing");
        }
        how.clientAuthentication()
                .ifPresentOrElse(method -> checkFor(method, http.sslBundle().isPresent()), this::checkForAnyMethod);
        checkSecret();
        if (how.privateKey().isConfigured()) {
            checkPrivateKey(how.privateKey());
        }
        if (how.keyStore().isConfigured()) {
            checkKeyStore(how.keyStore());
        }
        if (how.keyStore().isConfigured() && how.sslBundle().isPresent()) {
            findings.report(path + ".ssl-bundle", "'" + path + "' needs either 'key-store' or 'ssl-bundle', not both");
        }
        checkBearer(how.bearer(), http.allowInsecureLoopback());
        if (how.unencodedBasicCredentials()) {
            checkUnencoded();
        }
    }

    /**
     * What a method needs.
     *
     * @param certificateForAll whether all calls may show a certificate, be it this endpoint's or not
     */
    private void checkFor(ClientAuthentication method, boolean certificateForAll) {
        String named = "'client-authentication: " + method.name().toLowerCase(Locale.ROOT) + "'";
        Kind needed = Kind.neededFor(method);
        if (!given.contains(needed) && !(needed == Kind.KEY_STORE && certificateForAll)) {
            findings.report(path, "'" + path + "' needs " + words(needed) + " for " + named);
        }
        for (Kind other : EnumSet.complementOf(EnumSet.of(needed))) {
            if (given.contains(other)) {
                reportUseless(keyOf(other), "with " + named + "; keep one of the two");
            }
        }
        if (how.bearer().isConfigured() && method != ClientAuthentication.BEARER) {
            reportUseless("bearer", "with " + named + "; keep one of the two");
        }
    }

    private void checkForAnyMethod() {
        if (given.isEmpty()) {
            findings.report(
                    path, "'" + path + "' needs " + words(Kind.SECRET) + ", or a 'private-key', or a 'key-store'");
        }
        if (given.size() > 1 && how.endpoint().isPresent()) {
            findings.report(
                    path,
                    "'" + path + "' has credentials of several kinds; say with 'client-authentication' which to use,"
                            + " since the issuer is not asked where 'endpoint' is set");
        }
        if (how.bearer().isConfigured()) {
            reportUseless("bearer", "without 'client-authentication: bearer'");
        }
    }

    private static String words(Kind kind) {
        return kind == Kind.SECRET ? "either 'client-secret' or 'client-secret-file'" : "a '" + kind.key + "'";
    }

    private String keyOf(Kind kind) {
        if (kind == Kind.KEY_STORE && how.sslBundle().isPresent()) {
            return "ssl-bundle";
        }
        return kind == Kind.SECRET && how.clientSecret().isEmpty() ? "client-secret-file" : kind.key;
    }

    private void reportUseless(String key, String where) {
        findings.report(path + "." + key, "'" + path + "." + key + "' is of no use " + where);
    }

    private void checkSecret() {
        if (how.clientSecret().isPresent() && how.clientSecretFile().isPresent()) {
            findings.report(path, "'" + path + "' needs " + words(Kind.SECRET) + ", not both");
        }
        how.clientSecret()
                .filter(secret -> secret.reveal().isEmpty())
                .ifPresent(secret -> findings.report(path + ".client-secret", "'" + path + ".client-secret' is empty"));
        how.clientSecretFile().ifPresent(file -> checkSecretFile("client-secret-file", file.path()));
    }

    private void checkSecretFile(String key, Path file) {
        findings.readable(path + "." + key, file);
        if (isEmpty(file)) {
            findings.report(
                    path + "." + key, "'" + path + "." + key + "' names an empty file: " + file.toAbsolutePath());
        }
    }

    private static boolean isEmpty(Path file) {
        try {
            return Files.readString(file).isBlank();
        } catch (IOException unreadable) {
            // Reported as such.
            return false;
        }
    }

    private void checkPrivateKey(IntrospectionConfig.PrivateKey key) {
        Map.of("audience", key.audience(), "key-id", key.keyId()).forEach((name, value) -> {
            if (value.filter(String::isBlank).isPresent()) {
                String full = path + ".private-key." + name;
                findings.report(full, "'" + full + "' is empty; leave it out");
            }
        });
        checkFile("private-key.file", key.file(), key::read);
    }

    private void checkKeyStore(IntrospectionConfig.KeyStoreFile store) {
        if (store.password().isPresent() && store.passwordFile().isPresent()) {
            findings.report(
                    path + ".key-store.password-file",
                    "'" + path + ".key-store' needs either 'password' or 'password-file', not both");
        }
        Optional<Path> passwordFile = store.passwordFile().map(FileReference::path);
        passwordFile.ifPresent(file -> checkSecretFile("key-store.password-file", file));
        if (passwordFile.filter(file -> !Files.isReadable(file)).isEmpty()) {
            checkFile("key-store.file", store.file(), store::read);
        }
    }

    /** Reads what a file holds. */
    private interface Read {
        Object read() throws IOException;
    }

    private void checkFile(String key, FileReference file, Read reading) {
        String full = path + "." + key;
        if (file.path().toString().isEmpty()) {
            findings.report(full, "'" + full + "' is missing");
            return;
        }
        try {
            Object unused = reading.read();
        } catch (IOException unusable) {
            findings.report(
                    full,
                    "'" + full + "' " + unusable.getMessage() + ": "
                            + file.path().toAbsolutePath());
        }
    }

    private void checkBearer(IntrospectionConfig.Bearer bearer, boolean insecureLoopback) {
        bearer.tokenEndpoint()
                .flatMap(uri -> Addresses.endpointProblem(uri, insecureLoopback))
                .ifPresent(problem -> findings.report(
                        path + ".bearer.token-endpoint", "'" + path + ".bearer.token-endpoint' " + problem));
        if (!ScopeToken.areAll(bearer.scopes())) {
            findings.report(
                    path + ".bearer.scopes", "'" + path + ".bearer.scopes' must be single words, such as introspect");
        }
    }

    private void checkUnencoded() {
        String key = "unencoded-basic-credentials";
        boolean basic = how.clientAuthentication()
                .map(method ->
                        method == ClientAuthentication.CLIENT_SECRET_BASIC || method == ClientAuthentication.BEARER)
                .orElse(given.contains(Kind.SECRET));
        if (!basic) {
            reportUseless(key, "without a secret that goes by HTTP Basic");
        } else if (!how.clientId().isBlank() && hasSecret() && !canBeUnencoded()) {
            findings.report(
                    path + "." + key,
                    "'" + path + "." + key + "' takes no colon in 'client-id', and no control characters");
        }
    }

    private boolean hasSecret() {
        return how.clientSecret()
                .map(secret -> !secret.reveal().isEmpty())
                .orElseGet(() -> how.clientSecretFile()
                        .filter(file -> Files.isReadable(file.path()) && !isEmpty(file.path()))
                        .isPresent());
    }

    private boolean canBeUnencoded() {
        try {
            Object unused =
                    ClientSecretBasic.unencoded(how.clientId(), how.readSecret().reveal());
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }
}
