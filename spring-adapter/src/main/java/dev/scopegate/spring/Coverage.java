package dev.scopegate.spring;

/** What is done about handlers that nothing protects: {@code scopegate.coverage}. */
public enum Coverage {
    /** The application does not start. */
    FAIL,
    /** They are logged. */
    WARN,
    /** Nobody looks. */
    OFF
}
