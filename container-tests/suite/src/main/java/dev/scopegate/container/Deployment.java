package dev.scopegate.container;

import java.util.Optional;

/** The ways in which the owner of the application brings the filter in, and where the application is reached. */
public enum Deployment {
    /** The jars and {@code WEB-INF/scopegate.yaml} are added, nothing else is touched. */
    WEB_FRAGMENT("/app", UriChecks.DEFAULT) {
        @Override
        WebApplication protect(WebApplication application, String policy) {
            return application.with("WEB-INF/scopegate.yaml", policy);
        }
    },
    /** The {@code web.xml} declares the filter and says where its configuration is. */
    WEB_XML("", UriChecks.RELAXED) {
        @Override
        WebApplication protect(WebApplication application, String policy) {
            return application
                    .with("WEB-INF/security/contacts.yaml", policy)
                    .declaringFilter(Optional.of("/WEB-INF/security/contacts.yaml"));
        }
    },
    /** The container is embedded; the Java code that puts the application together adds the filter class to it. */
    PROGRAMMATIC("/app", UriChecks.DEFAULT) {
        @Override
        WebApplication protect(WebApplication application, String policy) {
            return application.with("WEB-INF/scopegate.yaml", policy);
        }
    };

    private final String contextPath;
    private final UriChecks uriChecks;

    Deployment(String contextPath, UriChecks uriChecks) {
        this.contextPath = contextPath;
        this.uriChecks = uriChecks;
    }

    /** Adds what this way needs. */
    abstract WebApplication protect(WebApplication application, String policy);

    String contextPath() {
        return contextPath;
    }

    UriChecks uriChecks() {
        return uriChecks;
    }
}
