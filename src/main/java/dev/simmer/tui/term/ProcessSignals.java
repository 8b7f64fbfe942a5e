package dev.simmer.tui.term;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * What this process does about a signal of job control. By reflection, because the compiler warns
 * of {@code sun.misc.Signal} in a way that cannot be turned off. Where the runtime has no such
 * class, or keeps the signal for itself, nothing happens. For any thread.
 */
final class ProcessSignals {
    private ProcessSignals() {}

    /**
     * Calls the listener, in a thread of its own, instead of what was done before.
     *
     * @param name without SIG
     * @return what undoes it
     */
    static Runnable listen(String name, Runnable listener) {
        return change(name, handler -> proxy(handler, listener));
    }

    /** Lets the system do what it does to every process; gives what undoes it. */
    static Runnable byDefault(String name) {
        return change(name, handler -> handler.getField("SIG_DFL").get(null));
    }

    /** Gives a handler of the type that the runtime wants. */
    private interface Making {
        Object of(Class<?> handler) throws ReflectiveOperationException;
    }

    private static Runnable change(String name, Making making) {
        try {
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            Object before = handle(name, type, making.of(type));
            return () -> undo(name, type, before);
        } catch (ReflectiveOperationException e) {
            // The signal does what it did.
            return () -> {};
        }
    }

    private static void undo(String name, Class<?> type, Object before) {
        try {
            Object _ = handle(name, type, before);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("what was possible is not any more", e);
        }
    }

    @SuppressWarnings("ReferenceEquality") // A proxy equals itself alone.
    private static Object proxy(Class<?> handler, Runnable listener) {
        InvocationHandler call =
                (proxy, method, arguments) ->
                        switch (method.getName()) {
                            case "handle" -> {
                                listener.run();
                                yield null;
                            }
                            case "hashCode" -> System.identityHashCode(proxy);
                            case "equals" -> arguments != null && proxy == arguments[0];
                            default -> "signal listener";
                        };
        return Proxy.newProxyInstance(
                ProcessSignals.class.getClassLoader(), new Class<?>[] {handler}, call);
    }

    private static Object handle(String name, Class<?> type, Object handler)
            throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Object named = signal.getConstructor(String.class).newInstance(name);
        return signal.getMethod("handle", signal, type).invoke(null, named, handler);
    }
}
