package dev.scopegate.sample;

import java.net.URI;
import java.util.List;

/** What the sample prints once it runs: where to go, and four lines to paste into a shell. */
final class Welcome {

    private Welcome() {}

    /** The whole text, a few lines without a trailing line break. */
    static String to(Sample sample) {
        List<String> commands = commands(sample.contacts(), sample.authorizationServer());
        return """

                The sample is up. For the demo only: its users and secrets are public.

                  playground            %s   (the whole of it in a browser)
                  contacts API          %s
                  authorization server  %s   (users alice/alice, bob/bob, carol/carol)

                Paste these lines into a shell; each ends with the HTTP status:

                  # an access token for reading and creating contacts: 200
                  %s

                  # read the contacts with it: 200
                  %s

                  # delete one; refused, for the token lacks the scope delete:contacts: 403
                  %s

                  # read with an opaque token, which the API has to introspect: 200
                  %s

                Stop with Ctrl-C.""".formatted(
                        sample.api(),
                        sample.contacts(),
                        sample.authorizationServer(),
                        commands.get(0),
                        commands.get(1),
                        commands.get(2),
                        commands.get(3));
    }

    private static List<String> commands(URI contacts, URI authorizationServer) {
        String token = authorizationServer + "/oauth2/token";
        String extract = "sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/'";
        // The status goes to standard error, past the pipe that takes the token.
        String jwt = "TOKEN=$(curl -s -w '%{stderr}%{http_code}\\n' -u contacts-machine:machine-secret"
                + " -d grant_type=client_credentials -d 'scope=read:contacts create:contacts' "
                + token + " | " + extract + ")";
        String opaque = "$(curl -s -u contacts-machine-opaque:machine-secret"
                + " -d grant_type=client_credentials -d scope=read:contacts " + token + " | " + extract + ")";
        String call = "curl -s -w '\\n%{http_code}\\n' -H \"Authorization: Bearer ";
        return List.of(
                jwt,
                call + "$TOKEN\" " + contacts,
                call + "$TOKEN\" -X DELETE " + contacts + "/1",
                call + opaque + "\" " + contacts);
    }
}
