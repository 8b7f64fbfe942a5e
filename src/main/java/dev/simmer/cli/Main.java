package dev.simmer.cli;

/** The program's entry point. */
public final class Main {
    private Main() {}

    /** Runs the command line. */
    public static void main(String[] args) {
        System.exit(args.length == 0 ? 0 : 2);
    }
}
