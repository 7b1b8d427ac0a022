package dev.scopegate.sample.playground;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What can be broken, and breaking it. */
@RestController
class BreaksController {

    private final Breaks breaks;

    BreaksController(Breaks breaks) {
        this.breaks = breaks;
    }

    /** A break, as the page shows it. */
    record Listed(String kind, String title, String what, Break.Must must) {}

    @GetMapping("/playground/breaks")
    List<Listed> list() {
        return Stream.of(Break.values())
                .map(each -> new Listed(each.kind(), each.title(), each.what(), each.must()))
                .toList();
    }

    @PostMapping("/playground/breaks/{kind}")
    Breaks.Broken run(@PathVariable String kind, @RequestBody GivenToken token) {
        Break what = Break.called(kind)
                .orElseThrow(() -> Refused.of(HttpStatus.NOT_FOUND, "Nothing of this kind can be broken."));
        return breaks.run(what, token.required());
    }
}
