package dev.scopegate.spring;

import dev.scopegate.spring.forked.WithoutSecurity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole application on a free port, until it is closed. */
final class RunningApplication implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ConfigurableApplicationContext context;

    private RunningApplication(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts the application of {@code source}, as if Spring Security were not there. */
    static RunningApplication withoutSecurity(Class<?> source, Map<String, String> properties) {
        Map<String, String> all = new LinkedHashMap<>(properties);
        all.put("spring.autoconfigure.exclude", WithoutSecurity.EXCLUDED);
        return of(source, all);
    }

    /** Starts the application of {@code source}. */
    static RunningApplication of(Class<?> source, Map<String, String> properties) {
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "spring.main.banner-mode", "off",
                "scopegate.resource", "https://api.example.com/contacts",
                "scopegate.http.allow-insecure-loopback", "true"));
        all.putAll(properties);
        SpringApplication application = new SpringApplication(source);
        application.setRegisterShutdownHook(false);
        return new RunningApplication(application.run(all.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new)));
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    URI uri(String target) {
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        return URI.create("http://127.0.0.1:" + port + target);
    }

    /** Asks for {@code target} with header fields, each name before its value. */
    HttpResponse<String> get(String target, String... fields) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(target));
        for (int i = 0; i < fields.length; i += 2) {
            request.header(fields[i], fields[i + 1]);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    /** Asks for {@code target} with a bearer token. */
    HttpResponse<String> getAs(String token, String target) throws IOException, InterruptedException {
        return get(target, "Authorization", "Bearer " + token);
    }

    @Override
    public void close() {
        context.close();
    }
}
