package dev.simmer.config;

import dev.simmer.model.Backoff;
import dev.simmer.model.LogLimit;
import dev.simmer.model.Readiness;
import dev.simmer.model.RestartPolicy;
import dev.simmer.model.RetryPolicy;
import dev.simmer.model.Signal;
import dev.simmer.model.StopPolicy;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads {@code ready}, {@code restart}, {@code retry} and {@code stop} of a task. */
final class PolicySections {
    private static final List<String> PROBES = List.of("log", "tcp", "http", "exec");
    private static final int MANY = 1_000_000;

    /** Signals that end a process or that it can take as a wish to end. */
    private static final List<Signal> ENDING =
            List.of(
                    Signal.HUP,
                    Signal.INT,
                    Signal.QUIT,
                    Signal.KILL,
                    Signal.USR1,
                    Signal.USR2,
                    Signal.TERM);

    private final Mistakes mistakes;
    private final Values values;

    PolicySections(Mistakes mistakes) {
        this.mistakes = mistakes;
        this.values = new Values(mistakes);
    }

    Optional<Readiness> ready(YamlNode node) {
        Optional<Fields> found = Fields.of("`ready`", Keys.READY, node, mistakes);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = found.get();
        Duration timeout =
                fields.get("timeout")
                        .flatMap(n -> values.duration("ready.timeout", n, false))
                        .orElse(Readiness.DEFAULT_TIMEOUT);
        List<YamlNode.Entry> probes = fields.among(PROBES);
        if (fields.lacks("log", "tcp", "http", "exec")) {
            mistakes.add(fields.at(), "`ready` has no probe", "add `log`, `tcp`, `http` or `exec`");
        }
        for (YamlNode.Entry more : probes.stream().skip(1).toList()) {
            mistakes.add(
                    more.key().at(),
                    "`ready` has a second probe, " + Visible.quoted(more.key().text()),
                    "keep one of `log`, `tcp`, `http` and `exec`");
        }
        Optional<Readiness> ready = Optional.empty();
        for (YamlNode.Entry entry : probes.reversed()) {
            ready = probe(entry).map(probe -> new Readiness(probe, timeout));
        }
        return ready;
    }

    private Optional<Readiness.Probe> probe(YamlNode.Entry entry) {
        YamlNode node = entry.value();
        return switch (entry.key().text()) {
            case "log" -> values.pattern("ready.log", node).map(Readiness.Probe.Log::new);
            case "tcp" -> values.whole("ready.tcp", node, 1, 65_535).map(Readiness.Probe.Tcp::new);
            case "http" -> url(node).map(Readiness.Probe.Http::new);
            case "exec" ->
                    values.text("ready.exec", node, "write a command, such as `test -f x`")
                            .map(scalar -> new Readiness.Probe.Exec(scalar.text()));
            default -> throw new IllegalStateException("no probe: " + entry.key());
        };
    }

    private Optional<URI> url(YamlNode node) {
        String name = "ready.http";
        String right = "write a URL such as `http://127.0.0.1:3000/`";
        Optional<YamlNode.Scalar> scalar = values.text(name, node, right);
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        URI uri;
        try {
            uri = new URI(scalar.get().text());
        } catch (URISyntaxException e) {
            mistakes.add(
                    scalar.get().placeOf(e.getIndex()),
                    "`ready.http`: " + Visible.quoted(scalar.get().text()) + " is no URL",
                    right);
            return Optional.empty();
        }
        String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return values.wrong(name, scalar.get(), "is neither an http nor an https URL", right);
        }
        if (uri.getHost() == null) {
            return values.wrong(name, scalar.get(), "names no host", right);
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            return values.wrong(name, scalar.get(), "names no port from 1 to 65535", right);
        }
        return Optional.of(uri);
    }

    RestartPolicy restart(YamlNode node) {
        Optional<Fields> found = Fields.of("`restart`", Keys.RESTART, node, mistakes);
        if (found.isEmpty()) {
            return RestartPolicy.NEVER;
        }
        Fields fields = found.get();
        if (fields.lacks("on")) {
            mistakes.add(
                    fields.at(),
                    "`restart` does not say when",
                    "add `on: failure`, `on: always` or `on: never`");
        }
        return new RestartPolicy(
                fields.get("on")
                        .flatMap(n ->
                                values.word(
                                        "restart.on",
                                        n,
                                        RestartPolicy.On.values(),
                                        RestartPolicy.On::word))
                        .orElse(RestartPolicy.On.NEVER),
                fields.get("max")
                        .flatMap(n -> values.whole("restart.max", n, 0, MANY))
                        .orElse(RestartPolicy.NEVER.max()),
                backoff("restart.backoff", fields));
    }

    RetryPolicy retry(YamlNode node) {
        Optional<Fields> found = Fields.of("`retry`", Keys.RETRY, node, mistakes);
        if (found.isEmpty()) {
            return RetryPolicy.NEVER;
        }
        Fields fields = found.get();
        if (fields.lacks("max")) {
            mistakes.add(fields.at(), "`retry` does not say how often", "add `max: 2`");
        }
        TreeSet<Integer> codes = new TreeSet<>();
        fields.get("on_exit")
                .flatMap(n -> values.list("retry.on_exit", n, "write a list such as `[75]`"))
                .orElse(List.of())
                .forEach(code -> values.whole("retry.on_exit", code, 1, 255).ifPresent(codes::add));
        Optional<Pattern> output =
                fields.get("on_output").flatMap(n -> values.pattern("retry.on_output", n));
        return new RetryPolicy(
                fields.get("max").flatMap(n -> values.whole("retry.max", n, 0, MANY)).orElse(0),
                backoff("retry.backoff", fields),
                codes,
                output);
    }

    private Backoff backoff(String name, Fields fields) {
        return fields.get("backoff").flatMap(n -> values.backoff(name, n)).orElse(Backoff.DEFAULT);
    }

    StopPolicy stop(YamlNode node) {
        Optional<Fields> found = Fields.of("`stop`", Keys.STOP, node, mistakes);
        if (found.isEmpty()) {
            return StopPolicy.DEFAULT;
        }
        Fields fields = found.get();
        return new StopPolicy(
                fields.get("signal").flatMap(this::signal).orElse(StopPolicy.DEFAULT.signal()),
                fields.get("grace")
                        .flatMap(n -> values.duration("stop.grace", n, true))
                        .orElse(StopPolicy.DEFAULT.grace()));
    }

    /** A size, or a map of a size and what happens when it is reached. */
    Optional<LogLimit> logLimit(YamlNode node) {
        if (node instanceof YamlNode.Scalar) {
            return logSize("log_limit", node)
                    .map(bytes -> new LogLimit(bytes, LogLimit.DEFAULT.whenFull()));
        }
        if (!(node instanceof YamlNode.Mapping)) {
            mistakes.add(
                    node.at(),
                    "`log_limit` is a size or a map, not " + node.sort(),
                    "write a size such as `200M`, or `{size: 200M, full: stop}`");
            return Optional.empty();
        }
        Fields fields = Fields.of("`log_limit`", Keys.LOG_LIMIT, node, mistakes).orElseThrow();
        if (fields.lacks("size")) {
            mistakes.add(fields.at(), "`log_limit` has no `size`", "add `size: 200M`");
        }
        LogLimit.WhenFull full =
                fields.get("full")
                        .flatMap(n ->
                                values.word(
                                        "log_limit.full",
                                        n,
                                        LogLimit.WhenFull.values(),
                                        PolicySections::word))
                        .orElse(LogLimit.DEFAULT.whenFull());
        return fields.get("size")
                .flatMap(n -> logSize("log_limit.size", n))
                .map(bytes -> new LogLimit(bytes, full));
    }

    private Optional<Long> logSize(String name, YamlNode node) {
        Optional<Long> size = values.size(name, node, 0);
        return size.isPresent()
                        && size.get() < LogLimit.MIN_BYTES
                        && node instanceof YamlNode.Scalar scalar
                ? values.wrong(name, scalar, "is less than `1M`", "write a size such as `200M`")
                : size;
    }

    private static String word(LogLimit.WhenFull full) {
        return switch (full) {
            case DROP_OLDEST -> "drop";
            case STOP -> "stop";
        };
    }

    private Optional<Signal> signal(YamlNode node) {
        String right = "write one of HUP, INT, QUIT, KILL, USR1, USR2, TERM";
        Optional<YamlNode.Scalar> scalar = values.scalar("stop.signal", node, right);
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        String upper = scalar.get().text().toUpperCase(Locale.ROOT);
        String name = upper.startsWith("SIG") ? upper.substring(3) : upper;
        return ENDING.stream()
                .filter(signal -> signal.name().equals(name))
                .findFirst()
                .or(() -> values.wrong("stop.signal", scalar.get(), "stops no task", right));
    }
}
