package dev.simmer.process;

/** What one thread works with. Not for use by two threads at once. */
final class Hands implements AutoCloseable {
    final Posix posix = new Posix();
    final Procfs procfs = new Procfs(posix);

    @Override
    public void close() {
        procfs.close();
    }
}
