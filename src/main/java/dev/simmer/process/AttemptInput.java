package dev.simmer.process;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Writes what is asked into an attempt's standard input, one text after the other. Used by the
 * thread that works for the attempt.
 */
final class AttemptInput {
    /** Why input is not written once {@link ShimProcesses#close} has been called. */
    static final String CLOSED = "Simmer is ending";

    private final RunFolder folder;
    private final Attempt.Surroundings surroundings;

    /** Done when all input that was asked for so far has been written. */
    private CompletableFuture<Optional<String>> inputs =
            CompletableFuture.completedFuture(Optional.empty());

    AttemptInput(RunFolder folder, Attempt.Surroundings surroundings) {
        this.folder = folder;
        this.surroundings = surroundings;
    }

    /** Writes a text behind those before it, and holds up nobody else. */
    void write(String text, CompletableFuture<Optional<String>> answer) {
        CompletableFuture<Optional<String>> before = inputs;
        inputs = answer;
        CompletableFuture<Optional<String>> _ =
                before.whenCompleteAsync(
                        (_, _) ->
                                answer.complete(
                                        InputPipe.write(folder.file(RunFolder.INPUT), text)),
                        slow -> aside(slow, answer));
    }

    private void aside(Runnable slow, CompletableFuture<Optional<String>> answer) {
        if (!surroundings.aside(slow)) {
            answer.complete(Optional.of(CLOSED));
        }
    }
}
