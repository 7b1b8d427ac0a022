package dev.scopegate.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What the claims of an issuer that are read as scopes have to obey. */
final class ClaimMappingChecks {

    /** Characters of scopes (RFC 6749 §3.3), and at the end one that parts the prefix from what follows. */
    private static final Pattern PREFIX = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{0,63}[:/._-]");

    private static final int MAX_CLAIM = 256;

    private final Findings findings;

    ClaimMappingChecks(Findings findings) {
        this.findings = findings;
    }

    void check(List<ClaimMapping> mappings, String path) {
        Set<ClaimMapping> seen = new HashSet<>();
        for (int i = 0; i < mappings.size(); i++) {
            ClaimMapping mapping = mappings.get(i);
            String place = path + "[" + i + "]";
            if (mapping.claim().isBlank() || mapping.claim().length() > MAX_CLAIM) {
                findings.report(
                        place,
                        "'" + place + ".claim' is missing or longer than " + MAX_CLAIM
                                + " characters; write it as 'roles' or 'realm_access.roles'");
            }
            if (!PREFIX.matcher(mapping.prefix()).matches()) {
                findings.report(
                        place,
                        "'" + place + ".prefix' is needed so that values are not taken for scopes: up to 64 characters"
                                + " of a scope, the last of them one of : / . _ - as in 'role:'");
            }
            if (!seen.add(mapping)) {
                findings.report(place, "'" + place + "' stands twice; keep one entry");
            }
        }
    }
}
