package dev.simmer.engine;

import dev.simmer.model.ByteSize;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemorySource;
import dev.simmer.model.TaskSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What a task is expected to need: what it declares, else a guess by the kind of command, from the
 * table {@code memory-guesses.tsv}.
 */
public final class MemoryGuesses {
    /** What a command needs that no row of the table knows. */
    static final long OTHER_BYTES = 100L << 20;

    private static final String TABLE = "memory-guesses.tsv";

    private final List<Row> rows;

    private record Row(String kind, Pattern command, long bytes) {}

    private MemoryGuesses(List<Row> rows) {
        this.rows = rows;
    }

    /** Reads the table that is shipped. */
    public static MemoryGuesses load() {
        try (InputStream in = MemoryGuesses.class.getResourceAsStream(TABLE)) {
            if (in == null) {
                throw new IllegalStateException(TABLE + " is missing from the program");
            }
            return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MemoryGuesses read(BufferedReader table) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line = table.readLine(); line != null; line = table.readLine()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            List<String> cells = List.of(line.split("\t", 3));
            long bytes =
                    ByteSize.parse(cells.get(1))
                            .orElseThrow(() -> new IllegalStateException("bad size: " + cells));
            rows.add(new Row(cells.get(0), Pattern.compile(cells.get(2)), bytes));
        }
        return new MemoryGuesses(List.copyOf(rows));
    }

    private static MemoryEstimate guess(long bytes, String kind) {
        return new MemoryEstimate(
                bytes, MemorySource.GUESSED, Optional.empty(), kind, OptionalLong.empty());
    }

    /** What a task declares, else a guess. */
    public MemoryEstimate of(TaskSpec spec) {
        if (spec.memory().isPresent()) {
            return new MemoryEstimate(spec.memory().getAsLong(), MemorySource.DECLARED);
        }
        String command = spec.work();
        for (Row row : rows) {
            if (row.command().matcher(command).find()) {
                return guess(row.bytes(), row.kind());
            }
        }
        return guess(OTHER_BYTES, "");
    }
}
