package dev.scopegate.sample.playground;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The decisions of the API and figures about them, as server-sent events. */
@RestController
class EventsController {

    private final Subscribers subscribers;

    EventsController(Subscribers subscribers) {
        this.subscribers = subscribers;
    }

    @GetMapping(path = "/playground/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> events() {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(subscribers.subscribe());
    }
}
