package dev.simmer.headless;

import dev.simmer.model.Engine;
import dev.simmer.model.Limits;
import java.io.OutputStream;

/**
 * What a run needs.
 *
 * @param engine runs the tasks; closed by whoever made it
 * @param name the workspace's name
 * @param selection what to run
 * @param limits what may run at once
 * @param options how it is done and shown
 * @param out standard output, unbuffered
 * @param err standard error, unbuffered
 */
public record HeadlessSetup(
        Engine engine,
        String name,
        Selection selection,
        Limits limits,
        HeadlessOptions options,
        OutputStream out,
        OutputStream err) {}
