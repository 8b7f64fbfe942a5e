package dev.simmer.bench;

/** The least that a JVM can do; what a command's start is compared with. */
final class Hello {
    private Hello() {}

    /** Says hello. */
    public static void main(String[] args) {
        System.out.println("hello");
    }
}
