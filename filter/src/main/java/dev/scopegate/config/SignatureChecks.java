package dev.scopegate.config;

import dev.scopegate.config.IssuerConfig.Profile;
import dev.scopegate.model.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What an issuer has to obey by which signatures are verified: profile, algorithms and keys have to agree. */
final class SignatureChecks {

    private final Findings findings;
    private final IssuerConfig issuer;
    private final String path;

    SignatureChecks(Findings findings, IssuerConfig issuer, String path) {
        this.findings = findings;
        this.issuer = issuer;
        this.path = path;
    }

    void check(TokensConfig tokens) {
        if (issuer.profile() == Profile.FAPI2) {
            checkTransports(tokens);
        }
        if (issuer.sharedSecretFile().isPresent()) {
            checkSharedSecret(issuer.sharedSecretFile().get().path());
        } else if (issuer.profile() == Profile.FAPI2) {
            checkFapi2();
        } else {
            issuer.algorithms().stream()
                    .filter(algorithm -> !Algorithms.ASYMMETRIC.contains(algorithm))
                    .forEach(algorithm -> findings.report(
                            path + ".algorithms", Algorithms.problem(path, algorithm, Algorithms.ASYMMETRIC)));
        }
    }

    private void checkFapi2() {
        List<String> others = new ArrayList<>(issuer.algorithms());
        others.removeAll(IssuerConfig.FAPI2_ALGORITHMS);
        if (!others.isEmpty()) {
            findings.report(
                    path + ".algorithms",
                    "'" + path + ".algorithms' may name " + String.join(", ", IssuerConfig.FAPI2_ALGORITHMS)
                            + " with 'profile: fapi2' and no other; leave the key out to allow all of these");
        }
    }

    /** FAPI 2.0 has tokens in the header, and forbids them in the query; other places it does not know. */
    private void checkTransports(TokensConfig tokens) {
        if (tokens.transports().stream().anyMatch(transport -> transport.kind() != Transport.Kind.HEADER)) {
            findings.report(
                    "tokens.transports",
                    "'tokens.transports' may name 'header' alone while '" + path
                            + ".profile' is fapi2; leave the others out");
        }
    }

    private void checkSharedSecret(Path file) {
        String key = path + ".shared-secret-file";
        if (issuer.profile() == Profile.FAPI2) {
            findings.report(
                    key, "'" + key + "' contradicts 'profile: fapi2', which takes no HMAC; leave one of them out");
        }
        if (issuer.jwks().uri().isPresent() || issuer.jwks().file().isPresent()) {
            findings.report(key, "'" + key + "' and 'jwks' exclude each other as sources of the key; keep one");
        }
        if (!Algorithms.HMAC.keySet().containsAll(issuer.algorithms())) {
            findings.report(
                    path + ".algorithms",
                    "'" + path + ".algorithms' has to be given beside 'shared-secret-file', and may name "
                            + String.join(", ", new TreeMap<>(Algorithms.HMAC).keySet()) + " alone");
        }
        findings.readable(key, file);
        if (Files.isReadable(file)) {
            checkKey(key, file);
        }
    }

    private void checkKey(String key, Path file) {
        try {
            byte[] secret = SharedSecret.read(file);
            int least = issuer.algorithms().stream()
                    .map(Algorithms.HMAC::get)
                    .mapToInt(octets -> octets == null ? 0 : octets)
                    .max()
                    .orElse(0);
            if (secret.length < least) {
                findings.report(
                        key,
                        "'" + key + "' holds a key of fewer than " + least + " octets, too short for the longest of"
                                + " 'algorithms' (RFC 7518 §3.2); make one of random octets");
            }
            if (SharedSecret.isFiller(secret)) {
                findings.report(key, "'" + key + "' holds one octet again and again; make a key of random octets");
            }
            if (SharedSecret.isWrapped(secret)) {
                // As octets of an HMAC, a public key is one that everybody knows (RFC 8725 §2.1).
                findings.report(key, "'" + key + "' holds PEM or a JWK; it is the octets of the file that are the key");
            }
        } catch (IOException unusable) {
            findings.report(key, "'" + key + "' " + unusable.getMessage() + ": " + file.toAbsolutePath());
        }
    }
}
