package dev.scopegate.sample.playground;

import dev.scopegate.sample.authorization.SigningKeys;
import dev.scopegate.sample.authorization.SwitchableServer;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Stops and starts the authorization server, and gives it a new key. */
@RestController
class ServerController {

    private final SwitchableServer server;

    ServerController(SwitchableServer server) {
        this.server = server;
    }

    /** Either {@code started} or {@code stopped}. */
    record State(String state) {}

    /** Nothing to say. */
    record Nothing() {}

    @GetMapping("/playground/authorization-server")
    State state() {
        return new State(server.isRunning() ? "started" : "stopped");
    }

    @PostMapping("/playground/authorization-server")
    State change(@RequestBody State wanted) {
        switch (String.valueOf(wanted.state())) {
            case "started" -> server.start();
            case "stopped" -> server.stop();
            default -> throw Refused.of(HttpStatus.BAD_REQUEST, "The state is started or stopped.");
        }
        return state();
    }

    @PostMapping("/playground/keys")
    SigningKeys.Rotated rotate(@RequestBody Nothing nothing) {
        return server.setup().keys().rotate();
    }
}
