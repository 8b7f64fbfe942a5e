package dev.simmer.scheduler;

import dev.simmer.model.ByteSize;
import java.util.Locale;

/** How short memory is and what follows from that, in words with figures. */
final class PressureWords {
    private PressureWords() {}

    /** How short memory is, with figures; empty while it is not. */
    static String of(State state) {
        if (!state.stress().tight() || state.host().isEmpty()) {
            return "";
        }
        HostReading host = state.host().get();
        long reserve = Ledger.reserveBytes(state);
        String available = ByteSize.format(host.availableBytes()) + " available, ";
        if (host.availableBytes() < reserve / 2) {
            return available + "below half the reserve of " + ByteSize.format(reserve);
        }
        if (new Shortage(state, host, reserve).acute()) {
            return available
                    + "and processes waited for memory "
                    + percent(host.memoryStall().avg10())
                    + " of the time";
        }
        if (state.stress().falling()) {
            return available
                    + "falling by "
                    + ByteSize.format(state.stress().fallBytes())
                    + " a second";
        }
        return available
                + "was short of the reserve of "
                + ByteSize.format(reserve)
                + " a moment ago";
    }

    /** That much waits for input and output, with figures; empty while it does not. */
    static String ofIo(State state) {
        return state.stress().ioStalled() && state.host().isPresent()
                ? "processes waited for input and output "
                        + percent(state.host().get().ioStall().avg10())
                        + " of the time"
                : "";
    }

    /** Why a task that was paused for memory still is, with figures. */
    static String waiting(State state, Task task) {
        String short_ = of(state);
        if (!short_.isEmpty() || state.host().isEmpty()) {
            return "paused because memory is short" + (short_.isEmpty() ? "" : ": " + short_);
        }
        Task first = Pressure.paused(state).getFirst();
        if (!first.id().equals(task.id())) {
            return "paused because memory was short; goes on after " + first.spec().name();
        }
        long free = Pressure.free(state, state.host().get(), Ledger.reserveBytes(state));
        return "paused because memory was short; needs "
                + ByteSize.format(task.unusedBytes())
                + " more, "
                + ByteSize.format(Math.max(0, free))
                + " free to promise";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * 100);
    }
}
