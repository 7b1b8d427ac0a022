package dev.scopegate.cli;

/** What a command says to the shell that started it. */
final class ExitCodes {

    static final int GOOD = 0;

    /** The configuration or the document has mistakes, or what was compared differs. */
    static final int MISTAKES = 1;

    /** The command line itself is wrong. */
    static final int USAGE = 2;

    /** The request would be refused. */
    static final int REFUSED = 3;

    /** Nobody can decide on the request now. */
    static final int UNDECIDED = 4;

    private ExitCodes() {}
}
