package dev.scopegate.sample;

/** Starts the {@link Sample} from the command line and prints where to go and what to type. */
public final class SampleApplication {

    private SampleApplication() {}

    /**
     * Runs until the process is told to stop. Exit code 1, with one line on standard error, if a port is taken.
     *
     * @param arguments as {@link Sample#start} takes them
     */
    public static void main(String[] arguments) {
        try {
            Sample sample = Sample.start(arguments);
            Runtime.getRuntime().addShutdownHook(new Thread(sample::close, "sample-shutdown"));
            System.out.println(Welcome.to(sample));
        } catch (CannotStartException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
