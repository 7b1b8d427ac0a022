package dev.scopegate.validate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.Base64URL;
import dev.scopegate.config.FileReference;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.ScopegateConfigBuilder;
import dev.scopegate.config.TokensConfig;
import dev.scopegate.config.TokensConfigBuilder;
import dev.scopegate.model.Validation;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Validates a million tokens, each of them once, and says what that left in memory. Not a test itself: it runs in a small machine
 * of its own. They are signed by HMAC, since anything else would take minutes.
 */
final class ManyTokens {

    private static final String ISSUER = "https://login.example.com";
    private static final String RESOURCE = "https://api.example.com/contacts";
    private static final int MAX_ENTRIES = 10_000;

    private final Mac mac;
    private final String header;
    private final long expiry;

    private ManyTokens(byte[] secret) throws GeneralSecurityException {
        mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        header = encode("{\"alg\":\"HS256\"}".getBytes(UTF_8)) + '.';
        expiry = Clock.systemUTC().instant().plusSeconds(3_600).getEpochSecond();
    }

    /**
     * Writes {@code accepted refused remembered heapEarly heapLate}.
     *
     * @param args the file of the secret; how many tokens; {@code good}, or {@code forged}
     */
    public static void main(String[] args) throws Exception {
        Path secret = Path.of(args[0]);
        int number = Integer.parseInt(args[1]);
        boolean good = args[2].equals("good");
        ManyTokens tokens = new ManyTokens(Files.readAllBytes(secret));
        try (TokenValidator validator = validator(secret)) {
            int accepted = 0;
            long heapEarly = 0;
            for (int i = 0; i < number; i++) {
                if (i == number / 10) {
                    heapEarly = heapAfterCollection();
                }
                accepted += Anywhere.validate(validator, tokens.token(i, good)) instanceof Validation.Valid ? 1 : 0;
            }
            long remembered = validator.rememberedTokens();
            System.out.println("RESULT " + accepted + ' ' + (number - accepted) + ' ' + remembered + ' ' + heapEarly
                    + ' ' + heapAfterCollection());
        }
    }

    private static TokenValidator validator(Path secret) {
        return TokenValidator.of(
                ScopegateConfigBuilder.builder()
                        .resource(RESOURCE)
                        .issuers(List.of(IssuerConfig.builder(ISSUER)
                                .algorithms(List.of("HS256"))
                                .sharedSecretFile(FileReference.of(secret.toString()))
                                .build()))
                        .tokens(TokensConfigBuilder.builder()
                                .cache(new TokensConfig.Cache(Duration.ofHours(1), MAX_ENTRIES))
                                .build())
                        .build(),
                Clock.systemUTC());
    }

    private String token(int number, boolean good) {
        String claims = "{\"iss\":\"" + ISSUER + "\",\"aud\":\"" + RESOURCE
                + "\",\"sub\":\"alice\",\"scope\":\"read\",\"exp\":" + expiry + ",\"jti\":\"" + number + "\"}";
        String input = header + encode(claims.getBytes(UTF_8));
        byte[] signature = mac.doFinal(input.getBytes(UTF_8));
        if (!good) {
            signature[number % signature.length] ^= 1;
        }
        return input + '.' + encode(signature);
    }

    private static String encode(byte[] bytes) {
        return Base64URL.encode(bytes).toString();
    }

    private static long heapAfterCollection() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
