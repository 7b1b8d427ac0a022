package dev.scopegate.model;

/** What is done with a refusal. */
public enum Mode {
    /** The refusal is the answer. */
    ENFORCE,
    /**
     * The request goes on, and what the answer would have been is counted and logged: how an API that is in use already
     * finds out whom it would lock out. Never with an identity that was not validated.
     */
    SHADOW
}
