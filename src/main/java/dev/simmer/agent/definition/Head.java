package dev.simmer.agent.definition;

import java.util.ArrayList;
import java.util.List;

/**
 * The fields of a head, read in three tiers: as YAML; where it is none, as YAML with the missing
 * quotes added; at last line by line.
 */
final class Head {
    private Head() {}

    /** The fields; none where nothing in the lines looks like one. What was repaired is told. */
    static List<Field> read(List<String> lines, int firstLine, Told told) {
        return switch (YamlHead.read(lines, firstLine)) {
            case YamlHead.Good good -> {
                told.addAll(good.told());
                yield good.fields();
            }
            case YamlHead.Fault fault -> repaired(lines, firstLine, fault, told);
        };
    }

    private static List<Field> repaired(
            List<String> lines, int firstLine, YamlHead.Fault fault, Told told) {
        Told quoted = new Told();
        List<String> better = Quoting.repaired(lines, firstLine, quoted);
        if (YamlHead.read(better, firstLine) instanceof YamlHead.Good good) {
            told.addAll(quoted);
            told.addAll(good.told());
            return withSourcesOf(lines, firstLine, good.fields());
        }
        told.line(fault.line(), fault.why() + "; the head is read line by line");
        return LineScan.read(lines, firstLine, told);
    }

    /** What the file says of a field is what stands there, without the quotes that were added. */
    private static List<Field> withSourcesOf(
            List<String> lines, int firstLine, List<Field> fields) {
        List<Field> placed = new ArrayList<>();
        for (Field field : fields) {
            int from = field.line() - firstLine;
            int end =
                    fields.stream()
                            .mapToInt(other -> other.line() - firstLine)
                            .filter(line -> line > from)
                            .min()
                            .orElse(lines.size());
            String source =
                    Keys.startOf(lines.get(from))
                            .filter(start -> start.key().equals(field.key()))
                            .map(start -> Source.joined(start.rest(), lines.subList(from + 1, end)))
                            .orElse(field.source());
            placed.add(new Field(field.key(), field.line(), field.value(), source));
        }
        return List.copyOf(placed);
    }
}
