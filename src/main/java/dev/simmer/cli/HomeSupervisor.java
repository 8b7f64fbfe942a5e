package dev.simmer.cli;

import dev.simmer.config.Mistake;
import dev.simmer.config.UserConfigReader;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.supervisor.HomeLock;
import dev.simmer.supervisor.SupervisorClient;
import dev.simmer.supervisor.SupervisorFailure;
import dev.simmer.supervisor.SupervisorFiles;
import dev.simmer.supervisor.SupervisorStart;
import dev.simmer.supervisor.SupervisorStatus;
import dev.simmer.supervisor.TaskFilter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The real supervisor of the home that the surroundings name. */
final class HomeSupervisor implements Supervisor {
    /** The file that the tasks are stored in. */
    static final String STORE = "simmer.db";

    private final Surroundings around;
    private @Nullable SupervisorStart start;

    HomeSupervisor(Surroundings around) {
        this.around = around;
    }

    /** How it is found and started. */
    SupervisorStart start() throws CommandRefused {
        SupervisorStart made = start;
        if (made == null) {
            made =
                    new SupervisorStart(
                            files(around),
                            Version.text(),
                            SupervisorCommandLine.ofThisProcess(),
                            SupervisorStart.USUAL_LIMIT);
            start = made;
        }
        return made;
    }

    /** Where the supervisor of this home is met. */
    static SupervisorFiles files(Surroundings around) throws CommandRefused {
        return SupervisorFiles.of(around.environment(), Home.of(around));
    }

    @Override
    public Connection connect() throws CommandRefused, SupervisorFailure {
        Optional<SupervisorClient> found = start().findFit();
        if (found.isPresent()) {
            return socket(found.get());
        }
        checkConfig();
        return socket(start().connect());
    }

    /** A supervisor that is started would not come up, and could tell one mistake at most. */
    private void checkConfig() throws CommandRefused {
        if (UserConfigReader.read(around.environment())
                instanceof UserConfigReader.Broken(List<Mistake> mistakes)) {
            throw new CommandRefused(
                    ExitCode.USAGE, mistakes.stream().map(Mistake::message).toList());
        }
    }

    @Override
    public Optional<Connection> look() throws CommandRefused, SupervisorFailure {
        Path store = Home.of(around).resolve(STORE);
        return Files.exists(store) ? Optional.of(connect()) : find();
    }

    @Override
    public Optional<Connection> find() throws CommandRefused, SupervisorFailure {
        Optional<SupervisorClient> found = start().find();
        return found.isEmpty() ? Optional.empty() : Optional.of(socket(found.get()));
    }

    private Socket socket(SupervisorClient client) throws CommandRefused {
        return new Socket(client, files(around));
    }

    /** The connection of a client. */
    private record Socket(SupervisorClient client, SupervisorFiles files) implements Connection {
        @Override
        public Reply submit(Request request) throws SupervisorFailure {
            return client.submit(request);
        }

        @Override
        public Snapshot snapshot(TaskFilter filter) throws SupervisorFailure {
            return client.snapshot(filter);
        }

        @Override
        public SupervisorStatus status() throws SupervisorFailure {
            return client.status();
        }

        @Override
        public void shutdown() throws SupervisorFailure {
            client.shutdown();
            HomeLock.awaitFree(files, SupervisorStart.USUAL_LIMIT);
        }

        @Override
        public void watch(TaskFilter filter) throws SupervisorFailure {
            client.watch(filter);
        }

        @Override
        public Snapshot next() throws SupervisorFailure {
            return client.next();
        }

        @Override
        public Optional<Snapshot> next(Duration limit) throws SupervisorFailure {
            return client.next(limit);
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
