package dev.simmer.cli;

import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentSpec;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.AttemptView;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** Agents for tests: definitions, stand-in programs and tasks. */
final class Agents {
    private Agents() {}

    /** A program on the fixture's PATH that does nothing. */
    static void program(CommandFixture fixture, String name) throws IOException {
        Path bin = Files.createDirectories(fixture.folder.resolveSibling("bin"));
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        fixture.environment.put("PATH", bin.toString());
    }

    /** A definition of the project. */
    static Path define(CommandFixture fixture, String file, String text) throws IOException {
        Path folder = Files.createDirectories(fixture.folder.resolve(".agents/agents"));
        return Files.writeString(folder.resolve(file), text);
    }

    /** A report in the folder of reports. */
    static Path report(CommandFixture fixture, String name, String id, String body)
            throws IOException {
        Path folder = Files.createDirectories(fixture.folder.resolve(".agents/reports"));
        return Files.writeString(
                folder.resolve(name),
                """
                ---
                report:
                  title: "Audit of the login"
                  type: background-agent-output
                  status: unprocessed
                  created: "2026-01-23T14:30:00Z"
                  background_agent_id: "%s"
                  session_reference: "s.md"
                ---

                """
                                .formatted(id)
                        + body);
    }

    static AgentSpec.Planned planned(String report) {
        return new AgentSpec.Planned(
                "security-audit",
                "claude",
                "bg-20260123-143000-audit",
                "Audit the login",
                report,
                Optional.of("s.md"),
                new AgentSpec.Tools(Optional.empty(), Set.of("Task"), false),
                AgentSpec.Limits.NONE,
                false,
                List.of(),
                new TreeMap<>(),
                "/simmer-agent-files-1",
                Optional.empty());
    }

    static AgentRun run(
            AgentRun.State state,
            String doing,
            Optional<Instant> until,
            Optional<AgentVerdict> verdict,
            Optional<Path> report) {
        return new AgentRun(
                state,
                doing,
                Views.NOON,
                until,
                3,
                5,
                12_000,
                300,
                OptionalDouble.of(0.0123),
                true,
                "",
                verdict,
                report,
                Optional.empty(),
                List.of("the session file could not be read"));
    }

    /** One that works since noon. */
    static TaskView working(long id, String name, Path folder, AgentRun run) {
        return task(id, name, folder, Phase.RUNNING, Optional.empty(), run);
    }

    /** One that has completed. */
    static TaskView completed(long id, String name, Path folder, Path report) {
        return task(
                id,
                name,
                folder,
                Phase.SUCCEEDED,
                Optional.of(new Outcome.AgentEnded(AgentVerdict.COMPLETED, "", OptionalInt.of(0))),
                run(
                        AgentRun.State.ENDED,
                        "",
                        Optional.empty(),
                        Optional.of(AgentVerdict.COMPLETED),
                        Optional.of(report)));
    }

    private static TaskView task(
            long id,
            String name,
            Path folder,
            Phase phase,
            Optional<Outcome> outcome,
            AgentRun run) {
        TaskView task =
                Views.task(
                        id,
                        name,
                        folder,
                        phase,
                        outcome,
                        spec -> spec.agent(planned(".agents/reports/planned.md")));
        Path log = folder.resolve("logs").resolve(id + ".log");
        AttemptView attempt =
                new AttemptView(
                        1,
                        log,
                        Optional.of(Views.NOON),
                        outcome.map(_ -> Views.NOON.plusSeconds(10)),
                        outcome,
                        1 << 20,
                        Optional.of(log.resolveSibling(id + "-transcript.log")),
                        Optional.of(run));
        return Views.with(task, List.of(attempt));
    }
}
