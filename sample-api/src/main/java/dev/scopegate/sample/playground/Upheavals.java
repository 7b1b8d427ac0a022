package dev.scopegate.sample.playground;

import dev.scopegate.sample.authorization.DemoMachine;
import dev.scopegate.sample.authorization.SigningKeys;
import dev.scopegate.sample.authorization.SwitchableServer;
import dev.scopegate.sample.authorization.Workshop;
import dev.scopegate.sample.authorization.Workshop.Flaw;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** The breaks that change something at the authorization server. One at a time; see {@link Breaks}. */
@Component
class Upheavals {

    private static final List<String> READ = List.of("read:contacts");
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private final Wire wire;
    private final Client client;
    private final SwitchableServer server;
    private final Workshop workshop;
    private final Figures figures;

    Upheavals(Wire wire, Client client, SwitchableServer server, Workshop workshop, Figures figures) {
        this.wire = wire;
        this.client = client;
        this.server = server;
        this.workshop = workshop;
        this.figures = figures;
    }

    Trial revoke() throws IOException {
        Trial trial = new Trial(wire);
        String token = opaque();
        trial.step("An opaque token reads", Request.list(token), 200);
        trial.step("It may not delete: active, without the scope", Request.delete(token), 403);
        int revoked = client.revoke(DemoMachine.OPAQUE, token).exchange().status();
        trial.check("It is revoked at the authorization server: " + revoked, revoked == 200);
        trial.last(Request.delete(token));
        return trial;
    }

    Trial stop(String known) throws IOException {
        Trial trial = new Trial(wire);
        server.start();
        String unseen = opaque();
        trial.good(known);
        server.stop();
        trial.note("The authorization server is stopped");
        trial.step("Your token goes on", Request.list(known), 200);
        trial.last(Request.list(unseen));
        return trial;
    }

    Trial start() throws IOException {
        Trial trial = new Trial(wire);
        server.start();
        trial.note("The authorization server runs");
        // After several failures the endpoint is left alone for a while.
        trial.lastWithin(PATIENCE, Request.list(opaque()), 200);
        return trial;
    }

    Trial rotate(String given) throws IOException {
        Trial trial = new Trial(wire);
        server.start();
        trial.good(given);
        // The given one may be of the key before this one, which is gone a rotation earlier.
        String old = workshop.accessToken(Flaw.NONE);
        trial.stepWithin(PATIENCE, "A token of the key that signs now", Request.list(old), 200);
        SigningKeys.Rotated rotated = server.setup().keys().rotate();
        trial.note("The key " + rotated.kid() + " signs now; " + rotated.previous() + " is still published");
        long before = figures.keyFetches();
        trial.stepWithin(PATIENCE, "A token of the new key", Request.list(workshop.accessToken(Flaw.NONE)), 200);
        long fetches = figures.keyFetches() - before;
        trial.check("The API fetched the keys " + fetches + " times for that", fetches <= 1);
        trial.step("The token of the key before", Request.list(old), 200);
        SigningKeys.Rotated again = server.setup().keys().rotate();
        trial.note("The key " + again.kid() + " signs now; " + rotated.previous() + " is withdrawn");
        trial.stepWithin(PATIENCE, "A token of the newest key", Request.list(workshop.accessToken(Flaw.NONE)), 200);
        trial.last(Request.list(old));
        return trial;
    }

    private String opaque() throws IOException {
        return client.token(DemoMachine.OPAQUE, READ).accessToken();
    }
}
