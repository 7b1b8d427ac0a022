package dev.scopegate.container;

/** How strictly a container looks at the path of a request before any filter sees it. */
public enum UriChecks {
    /** As the container comes. */
    DEFAULT,
    /** As lax as the container can be made, so that the filter has to refuse what is ambiguous. */
    RELAXED
}
