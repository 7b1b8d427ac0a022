package dev.scopegate.bench.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The page {@code docs/performance.md}. */
public final class PerformancePage {

    private static final String BEFORE = """
            # Performance

            Written by `benchmarks/run.sh`, not by hand. What we promised ourselves stands beside what was measured, met or not.

            Figures are CPU time of the JVM that does the work, garbage collection included where nothing else is said: the median of
            the rounds. A ratio is the median of the ratios of each round, for what else a machine does slows all of a round alike.
            Ratios carry over to other machines better than microseconds do.

            """;

    private static final String AFTER = """
            ## What was measured

            - **Tokens**: access tokens by RFC 9068 with 20 claims and about 1 kB each, all different; 4,096 for those never seen
              before, 1,000 in rotation for those seen before. Opaque tokens have 43 characters; what the introspection endpoint says of
              them are the same claims. RSA keys have 2048 bits. The JWK Set has a key for each algorithm, and
              lies in memory or in a file.
            - **In memory**, a token never seen before, or seen before: the CPU time of one thread, without garbage collection. Those who are
              compared take turns of a few milliseconds in one JVM, since two JVMs compile the very same code more differently than
              libraries differ: all contenders for a token never seen before; each filter chain and its SHA-256.
            - **Never seen before**: a call a token, everybody's memory of tokens switched off. *Validate* is what a peer does,
              too: read the token, choose the key, verify, check the claims. *The whole decision* adds the route and its scopes.
            - **Seen before**: from the servlet request to the call of the API, with requests and responses that cost next to
              nothing themselves. Scopegate counts requests in a meter registry; Spring Security observes nothing. It has no memory of
              tokens, and verifies each time. Opaque tokens were asked about once before, over loopback.
            - **While introspections hang**: one thread has requests with JWTs decided on, one after the other, by a resource server that
              takes opaque tokens too. In every other turn, 80 threads ask it about opaque tokens that nobody has seen, of an
              endpoint in the same JVM that answers about 32 times a second, and only while more than 64 wait. A ratio is that of two
              turns that follow upon each other.
            - **Over HTTP**: Tomcat on loopback with the API twice, bare and behind the filter, which take turns of a quarter of a
              second; a JVM for each filter chain, and after some turns a new one. Four connections kept alive, 1,000 tokens in
              rotation, an answer of about 170 bytes; CPU time is that of the server's JVM, all of it. Latencies are those of a client
              on the same machine that sends as fast as it can.
            - **By provider**: µs a token that was never seen before, a JVM for each figure. The bare verification is the provider's
              own; what a provider does not have (Conscrypt: EdDSA), the JDK does.

            ## What each of them checks

            | | signature, `iss`, `aud`, `exp` | `nbf` | `typ` | key by `kid` from a JWK Set | besides |
            |---|---|---|---|---|---|
            | bare verification | signature alone | no | no | no | token taken apart before |
            | Scopegate | yes | yes | yes | yes | `iat`, strict encoding and JSON, tokens of other kinds, `cnf`; a JWK Set that may change |
            | auth0 java-jwt | yes | yes | no | no, one key given | `iat` |
            | jose4j | yes | yes | yes | yes | |
            | Nimbus | yes | yes | yes | yes | |
            | Spring Security | yes | yes | yes | yes | the chain: headers of the response, anonymous callers, exceptions, and more |

            ## How to repeat it

            ```
            benchmarks/run.sh                              # with the JDK of JAVA_HOME; about twenty minutes
            benchmarks/run.sh --jdk HOME --jdk OTHER_HOME  # with several
            benchmarks/run.sh --quick                      # does it work at all; the page goes into benchmarks/target
            ```

            It wants two cores and a machine that does little else.
            """;

    private PerformancePage() {}

    /** Takes the page to be written, and the folders of results. */
    public static void main(String[] arguments) throws IOException {
        List<String> sections = new ArrayList<>();
        for (String folder : List.of(arguments).subList(1, arguments.length)) {
            Path results = Path.of(folder);
            sections.add(new RunSection(RunFacts.read(results), Results.read(results)).text());
        }
        Files.writeString(Path.of(arguments[0]), BEFORE + String.join("\n", sections) + "\n" + AFTER);
    }
}
