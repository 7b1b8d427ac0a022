package dev.scopegate.sample.plain;

import dev.scopegate.servlet.SelfRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.startup.Tomcat;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Contacts in memory, at most 1000. The rules of {@code scopegate.yaml} decide what comes here. Safe for concurrent use. */
public final class PlainContacts extends HttpServlet {
    record Contact(UUID id, String name, String email) {}

    private final transient ConcurrentHashMap<String, Contact> contacts = new ConcurrentHashMap<>();

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        switch (request.getMethod()) {
            case "POST" -> response.setStatus(create(request.getInputStream().readNBytes(4_096)));
            case "DELETE" -> response.setStatus(contacts.remove(request.getServletPath()) == null ? 404 : 204);
            default -> JsonMapper.shared().writeValue(response.getOutputStream(), contacts.values());
        }
    }

    private int create(byte[] json) {
        try {
            JsonNode sent = JsonMapper.shared().readTree(json);
            String name = sent.path("name").asString("");
            Contact contact =
                    new Contact(UUID.randomUUID(), name, sent.path("email").asString(""));
            boolean good = !name.isBlank() && contact.email.contains("@") && contacts.size() < 1_000;
            return good && contacts.put("/contacts/" + contact.id, contact) == null ? 201 : 400;
        } catch (JacksonException e) {
            return 400;
        }
    }

    public static void main(String[] arguments) throws Exception {
        System.setProperty("scopegate.config", arguments[0]); // for the filter that the listener registers
        Tomcat tomcat = new Tomcat();
        tomcat.setPort(Integer.parseInt(System.getenv().getOrDefault("CONTACTS_PORT", "8081")));
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.addContext("", null).addApplicationListener(SelfRegistration.class.getName());
        tomcat.addServlet("", "contacts", new PlainContacts()).addMapping("/");
        tomcat.start();
        boolean bound = tomcat.getConnector().getLocalPort() > 0;
        if (bound && tomcat.getHost().findChild("").getState().isAvailable()) {
            tomcat.getServer().await();
        }
        System.exit(1); // the port is taken, or the file has mistakes: nothing is served
    }
}
