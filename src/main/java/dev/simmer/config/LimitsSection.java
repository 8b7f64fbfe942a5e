package dev.simmer.config;

import dev.simmer.model.Limits;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code limits}. */
final class LimitsSection {
    private static final Pattern LOAD = Pattern.compile("\\d{1,4}(?:\\.\\d{1,3})?");
    private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3})?)\\s*%");

    private final Mistakes mistakes;
    private final Values values;

    LimitsSection(Mistakes mistakes) {
        this.mistakes = mistakes;
        this.values = new Values(mistakes);
    }

    Limits read(YamlNode node) {
        Optional<Fields> found = Fields.of("`limits`", Keys.LIMITS, node, mistakes);
        if (found.isEmpty()) {
            return Limits.DEFAULT;
        }
        Fields fields = found.get();
        return new Limits(
                fields.get("heavy")
                        .flatMap(n -> values.whole("limits.heavy", n, 1, Integer.MAX_VALUE))
                        .orElse(Limits.DEFAULT.heavy()),
                fields.get("parallel")
                        .flatMap(n -> values.whole("limits.parallel", n, 0, Integer.MAX_VALUE))
                        .orElse(Limits.DEFAULT.parallel()),
                fields.get("reserve").flatMap(this::reserve).orElse(Limits.DEFAULT.reserve()),
                fields.get("heavy_from")
                        .flatMap(n -> values.size("limits.heavy_from", n, 1))
                        .orElse(Limits.DEFAULT.heavyFromBytes()),
                fields.get("load").map(this::load).orElse(OptionalDouble.empty()));
    }

    private OptionalDouble load(YamlNode node) {
        String right = "write a load average, such as `8` or `1.5`";
        Optional<YamlNode.Scalar> scalar = values.scalar("limits.load", node, right);
        if (scalar.isEmpty()) {
            return OptionalDouble.empty();
        }
        String text = scalar.get().text().strip();
        if (!LOAD.matcher(text).matches() || Double.parseDouble(text) == 0) {
            values.wrong("limits.load", scalar.get(), "is no load average above zero", right);
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(Double.parseDouble(text));
    }

    private Optional<Limits.Reserve> reserve(YamlNode node) {
        String name = "limits.reserve";
        if (!(node instanceof YamlNode.Scalar scalar) || !scalar.text().strip().endsWith("%")) {
            return values.size(name, node, 0).map(Limits.Reserve.Size::new);
        }
        String right = "write a share from `0%` to `100%`, or a size";
        Matcher share = SHARE.matcher(scalar.text().strip());
        if (!share.matches()) {
            return values.wrong(name, scalar, "is no share", right);
        }
        double percent = Double.parseDouble(share.group(1));
        return percent > 100
                ? values.wrong(name, scalar, "is more than the whole", right)
                : Optional.of(new Limits.Reserve.Share(percent / 100));
    }
}
