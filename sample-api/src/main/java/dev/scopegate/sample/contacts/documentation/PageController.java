package dev.scopegate.sample.contacts.documentation;

import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A page that shows the OpenAPI document and lets one try it: Swagger UI from the jar, nothing from elsewhere. Runs no
 * script and no style but its own files, and talks to this API alone.
 */
@Hidden
@RestController
class PageController {

    /** The page holds a token while it is open: no script of anybody else may run in it, or be told of it. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final MediaType SCRIPT = MediaType.valueOf("text/javascript;charset=UTF-8");
    private static final MediaType STYLE = MediaType.valueOf("text/css;charset=UTF-8");
    private static final MediaType PAGE = MediaType.valueOf("text/html;charset=UTF-8");

    private final Resource swaggerScript = webJar("swagger-ui-bundle.js");
    private final Resource swaggerStyle = webJar("swagger-ui.css");

    @GetMapping("/openapi")
    ResponseEntity<Resource> page() {
        return file(new ClassPathResource("openapi/page.html"), PAGE);
    }

    @GetMapping("/openapi/page.js")
    ResponseEntity<Resource> script() {
        return file(new ClassPathResource("openapi/page.js"), SCRIPT);
    }

    @GetMapping("/openapi/page.css")
    ResponseEntity<Resource> style() {
        return file(new ClassPathResource("openapi/page.css"), STYLE);
    }

    @GetMapping("/openapi/swagger-ui-bundle.js")
    ResponseEntity<Resource> swaggerScript() {
        return file(swaggerScript, SCRIPT);
    }

    @GetMapping("/openapi/swagger-ui.css")
    ResponseEntity<Resource> swaggerStyle() {
        return file(swaggerStyle, STYLE);
    }

    private static ResponseEntity<Resource> file(Resource file, MediaType type) {
        return ResponseEntity.ok()
                .contentType(type)
                .cacheControl(CacheControl.noCache())
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .body(file);
    }

    /** The version is a part of the path. */
    private static Resource webJar(String name) {
        try {
            Resource[] found = new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:/META-INF/resources/webjars/swagger-ui/*/" + name);
            if (found.length != 1) {
                throw new IllegalStateException(found.length + " files " + name + " of Swagger UI on the class path");
            }
            return found[0];
        } catch (IOException e) {
            throw new IllegalStateException("Swagger UI is not on the class path", e);
        }
    }
}
