package dev.scopegate.sample.authorization;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The HTML pages, from the templates in {@code /authorization/templates}. Every value is escaped; a missing one is an
 * error. Safe for concurrent use.
 */
@Component
class Pages {

    private final Map<String, Template> templates;

    Pages() {
        Mustache.Compiler compiler = Mustache.compiler().escapeHTML(true).withLoader(Pages::open);
        templates = Map.of(
                "login", compiler.loadTemplate("login"),
                "consent", compiler.loadTemplate("consent"),
                "activate", compiler.loadTemplate("activate"),
                "home", compiler.loadTemplate("home"),
                "error", compiler.loadTemplate("error"));
    }

    /** The page, as a whole HTML document. */
    String render(String name, Object model) {
        Template template = templates.get(name);
        if (template == null) {
            throw new IllegalArgumentException("no page has the name " + name);
        }
        return template.execute(model);
    }

    private static Reader open(String name) throws IOException {
        ClassPathResource template = new ClassPathResource("authorization/templates/" + name + ".mustache");
        return new InputStreamReader(template.getInputStream(), StandardCharsets.UTF_8);
    }
}
