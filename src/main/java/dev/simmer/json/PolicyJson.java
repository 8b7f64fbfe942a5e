package dev.simmer.json;

import dev.simmer.model.Backoff;
import dev.simmer.model.Limits;
import dev.simmer.model.LogLimit;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemorySource;
import dev.simmer.model.Readiness;
import dev.simmer.model.RestartPolicy;
import dev.simmer.model.RetryPolicy;
import dev.simmer.model.Signal;
import dev.simmer.model.StopPolicy;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A task's policies and limits in JSON. */
public final class PolicyJson {
    private PolicyJson() {}

    static void write(JsonObject to, Backoff backoff) {
        to.putMillis("first_ms", backoff.first()).putMillis("most_ms", backoff.most());
    }

    static Backoff backoff(JsonMembers from) throws JsonFault {
        return new Backoff(
                from.duration("first_ms", Backoff.DEFAULT.first()),
                from.duration("most_ms", Backoff.DEFAULT.most()));
    }

    static void write(JsonObject to, RetryPolicy retry) {
        to.put("max", retry.max()).putObject("backoff", retry.backoff(), PolicyJson::write);
        if (!retry.onExit().isEmpty()) {
            to.putWholes("on_exit", retry.onExit().stream().map(Integer::longValue).toList());
        }
        retry.onOutput()
                .ifPresent(pattern -> to.putObject("on_output", pattern, PolicyJson::write));
    }

    static RetryPolicy retry(JsonMembers from) throws JsonFault {
        return new RetryPolicy(
                from.count("max", 0),
                from.read("backoff", PolicyJson::backoff, Backoff.DEFAULT),
                new TreeSet<>(from.counts("on_exit")),
                from.readIfAny("on_output", PolicyJson::pattern));
    }

    static void write(JsonObject to, RestartPolicy restart) {
        to.putWord("on", restart.on())
                .put("max", restart.max())
                .putObject("backoff", restart.backoff(), PolicyJson::write);
    }

    static RestartPolicy restart(JsonMembers from) throws JsonFault {
        return new RestartPolicy(
                from.word("on", RestartPolicy.On.values(), RestartPolicy.NEVER.on()),
                from.count("max", RestartPolicy.NEVER.max()),
                from.read("backoff", PolicyJson::backoff, Backoff.DEFAULT));
    }

    static void write(JsonObject to, StopPolicy stop) {
        to.putWord("signal", stop.signal()).putMillis("grace_ms", stop.grace());
    }

    static StopPolicy stop(JsonMembers from) throws JsonFault {
        return new StopPolicy(
                from.word("signal", Signal.values(), StopPolicy.DEFAULT.signal()),
                from.duration("grace_ms", StopPolicy.DEFAULT.grace()));
    }

    static void write(JsonObject to, LogLimit limit) {
        to.put("bytes", limit.bytes()).putWord("when_full", limit.whenFull());
    }

    static LogLimit logLimit(JsonMembers from) throws JsonFault {
        return new LogLimit(
                from.whole("bytes", LogLimit.DEFAULT.bytes()),
                from.word("when_full", LogLimit.WhenFull.values(), LogLimit.DEFAULT.whenFull()));
    }

    private static void write(JsonObject to, Pattern pattern) {
        to.put("pattern", pattern.pattern());
        if (pattern.flags() != 0) {
            to.put("flags", pattern.flags());
        }
    }

    private static Pattern pattern(JsonMembers from) throws JsonFault {
        return Pattern.compile(from.text("pattern"), from.count("flags", 0));
    }

    static void write(JsonObject to, Readiness ready) {
        switch (ready.probe()) {
            case Readiness.Probe.Log(Pattern pattern) ->
                    to.putObject("log", pattern, PolicyJson::write);
            case Readiness.Probe.Tcp(int port) -> to.put("tcp", port);
            case Readiness.Probe.Http(URI uri) -> to.put("http", uri.toString());
            case Readiness.Probe.Exec(String line) -> to.put("exec", line);
        }
        to.putMillis("timeout_ms", ready.timeout());
    }

    static Readiness readiness(JsonMembers from) throws JsonFault {
        return new Readiness(probe(from), from.duration("timeout_ms", Readiness.DEFAULT_TIMEOUT));
    }

    private static Readiness.Probe probe(JsonMembers from) throws JsonFault {
        Optional<Pattern> log = from.readIfAny("log", PolicyJson::pattern);
        if (log.isPresent()) {
            return new Readiness.Probe.Log(log.get());
        }
        if (from.has("tcp")) {
            return new Readiness.Probe.Tcp(from.count("tcp"));
        }
        if (from.has("http")) {
            return new Readiness.Probe.Http(URI.create(from.text("http")));
        }
        if (from.has("exec")) {
            return new Readiness.Probe.Exec(from.text("exec"));
        }
        throw from.fault("", "one of log, tcp, http and exec is missing");
    }

    /** Writes the members of what a workspace allows. */
    public static void write(JsonObject to, Limits limits) {
        to.put("heavy", limits.heavy()).put("parallel", limits.parallel());
        if (limits.reserve() instanceof Limits.Reserve.Size(long size)) {
            to.put("reserve_bytes", size);
        } else if (limits.reserve() instanceof Limits.Reserve.Share(double share)) {
            to.putNumber("reserve_share", share);
        }
        to.put("heavy_from_bytes", limits.heavyFromBytes());
        if (limits.load().isPresent()) {
            to.putNumber("load", limits.load().getAsDouble());
        }
    }

    /** What {@link #write(JsonObject, Limits)} wrote. */
    public static Limits limits(JsonMembers from) throws JsonFault {
        Limits otherwise = Limits.DEFAULT;
        return new Limits(
                from.count("heavy", otherwise.heavy()),
                from.count("parallel", otherwise.parallel()),
                reserve(from),
                from.whole("heavy_from_bytes", otherwise.heavyFromBytes()),
                from.has("load")
                        ? OptionalDouble.of(from.number("load", 0))
                        : OptionalDouble.empty());
    }

    private static Limits.Reserve reserve(JsonMembers from) throws JsonFault {
        if (from.has("reserve_bytes")) {
            return new Limits.Reserve.Size(from.whole("reserve_bytes"));
        }
        if (from.has("reserve_share")) {
            return new Limits.Reserve.Share(from.number("reserve_share", 0));
        }
        return Limits.DEFAULT.reserve();
    }

    /** Writes the members of what a task is expected to need. */
    public static void write(JsonObject to, MemoryEstimate expected) {
        to.put("bytes", expected.bytes()).putWord("source", expected.source());
        if (!expected.kind().isEmpty()) {
            to.put("kind", expected.kind());
        }
        if (expected.endedAt().isPresent()) {
            to.put("ended_at_bytes", expected.endedAt());
        }
        if (expected.evidence().isPresent()) {
            to.putObject("evidence", expected.evidence().get(), PolicyJson::write);
        }
    }

    private static void write(JsonObject to, MemoryEstimate.Evidence evidence) {
        to.put("runs", evidence.runs())
                .put("percentile_bytes", evidence.percentileBytes())
                .put("largest_bytes", evidence.largestBytes())
                .put("margin_percent", evidence.marginPercent())
                .put("bytes", evidence.bytes());
    }

    /** What {@link #write(JsonObject, MemoryEstimate)} wrote. */
    public static MemoryEstimate expected(JsonMembers from) throws JsonFault {
        return new MemoryEstimate(
                from.whole("bytes"),
                from.word("source", MemorySource.values()),
                from.readIfAny("evidence", PolicyJson::evidence),
                from.text("kind", ""),
                from.wholeIfAny("ended_at_bytes"));
    }

    private static MemoryEstimate.Evidence evidence(JsonMembers from) throws JsonFault {
        return new MemoryEstimate.Evidence(
                from.count("runs", 1),
                from.whole("percentile_bytes", 0),
                from.whole("largest_bytes", 0),
                from.count("margin_percent", 0),
                from.whole("bytes", 0));
    }
}
