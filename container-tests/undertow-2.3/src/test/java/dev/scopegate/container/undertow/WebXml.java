package dev.scopegate.container.undertow;

import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.api.ServletInfo;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The servlets, filters and error pages that a {@code web.xml} names, as the deployment that its owner would write for
 * Undertow, which reads no such file. Knows the elements that the applications of the suite use, and no others.
 */
final class WebXml {

    private final Element root;
    private final ClassLoader loader;

    private WebXml(Document document, ClassLoader loader) {
        this.root = document.getDocumentElement();
        this.loader = loader;
    }

    /** Adds to {@code deployment} what {@code file} names, its classes coming from {@code loader}. */
    static void addTo(DeploymentInfo deployment, Path file, ClassLoader loader) {
        try {
            new WebXml(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()), loader)
                    .addTo(deployment);
        } catch (ParserConfigurationException | SAXException | IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private void addTo(DeploymentInfo deployment) throws ClassNotFoundException {
        for (Element element : elements(root, "servlet")) {
            deployment.addServlet(servlet(element));
        }
        for (Element element : elements(root, "servlet-mapping")) {
            ServletInfo servlet = deployment.getServlets().get(text(element, "servlet-name"));
            elements(element, "url-pattern").forEach(pattern -> servlet.addMapping(pattern.getTextContent()));
        }
        for (Element element : elements(root, "filter")) {
            deployment.addFilter(
                    new FilterInfo(text(element, "filter-name"), type(element, "filter-class", Filter.class))
                            .setAsyncSupported(isAsync(element)));
        }
        for (Element element : elements(root, "filter-mapping")) {
            deployment.addFilterUrlMapping(
                    text(element, "filter-name"), text(element, "url-pattern"), DispatcherType.REQUEST);
        }
        for (Element element : elements(root, "error-page")) {
            deployment.addErrorPage(
                    Servlets.errorPage(text(element, "location"), Integer.parseInt(text(element, "error-code"))));
        }
    }

    private ServletInfo servlet(Element element) throws ClassNotFoundException {
        return new ServletInfo(text(element, "servlet-name"), type(element, "servlet-class", Servlet.class))
                .setAsyncSupported(isAsync(element));
    }

    private <T> Class<? extends T> type(Element element, String name, Class<T> type) throws ClassNotFoundException {
        return loader.loadClass(text(element, name)).asSubclass(type);
    }

    private static boolean isAsync(Element element) {
        return elements(element, "async-supported").stream()
                .anyMatch(flag -> flag.getTextContent().equals("true"));
    }

    private static String text(Element parent, String name) {
        return elements(parent, name).get(0).getTextContent();
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }
}
