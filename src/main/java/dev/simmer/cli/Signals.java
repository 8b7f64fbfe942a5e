package dev.simmer.cli;

import dev.simmer.model.Signal;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * Signals that this process is sent. By reflection, because the compiler warns of {@code
 * sun.misc.Signal} in a way that cannot be turned off; the JDK has nothing else that hears a second
 * SIGINT.
 */
final class Signals {
    private Signals() {}

    /**
     * Hands SIGINT, SIGTERM and SIGHUP to the listener instead of ending the process; those that
     * the process was started to ignore (by nohup) stay ignored.
     *
     * @param listener called by a thread of its own for each signal
     */
    @SuppressWarnings("ReferenceEquality") // A proxy equals itself alone.
    static void listen(Consumer<Signal> listener) {
        for (Signal signal : new Signal[] {Signal.INT, Signal.TERM, Signal.HUP}) {
            try {
                Class<?> type = Class.forName("sun.misc.Signal");
                Class<?> handler = Class.forName("sun.misc.SignalHandler");
                InvocationHandler call =
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "handle" -> {
                                        listener.accept(signal);
                                        yield null;
                                    }
                                    case "hashCode" -> System.identityHashCode(proxy);
                                    case "equals" -> arguments != null && proxy == arguments[0];
                                    default -> "signal listener";
                                };
                Object proxy =
                        Proxy.newProxyInstance(
                                Signals.class.getClassLoader(), new Class<?>[] {handler}, call);
                Object named = type.getConstructor(String.class).newInstance(signal.name());
                type.getMethod("handle", type, handler).invoke(null, named, proxy);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot listen to SIG" + signal, e);
            }
        }
    }
}
