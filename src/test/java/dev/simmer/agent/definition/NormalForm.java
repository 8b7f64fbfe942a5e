package dev.simmer.agent.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A reading as lines that a person can check; what is as usual is left out. */
final class NormalForm {
    private final List<String> lines = new ArrayList<>();

    private NormalForm() {}

    static String of(DefinitionFile.Reading reading) {
        NormalForm form = new NormalForm();
        switch (reading) {
            case DefinitionFile.Agent agent -> form.definition(agent.definition());
            case DefinitionFile.SkillFound found -> form.skill(found.skill());
            case DefinitionFile.Bad bad -> form.line("broken", bad.broken().why());
            case DefinitionFile.Paper _ -> form.line("paper", "no definition");
        }
        return String.join("\n", form.lines);
    }

    private void definition(Definition read) {
        line("name", read.name());
        line("description", read.description());
        read.model().ifPresent(model -> line("model", model));
        read.tools().ifPresent(tools -> line("tools", String.join(" | ", tools)));
        if (!read.denied().isEmpty()) {
            line("denied", String.join(" | ", read.denied()));
        }
        if (read.readOnly()) {
            line("read-only", "yes");
        }
        read.colour().ifPresent(colour -> line("colour", colour));
        read.limits().turns().ifPresent(turns -> line("turns", "" + turns));
        read.limits().time().ifPresent(time -> line("time", "" + time));
        read.limits().budgetUsd().ifPresent(budget -> line("budget", "" + budget));
        read.limits().silence().ifPresent(silence -> line("silence", "" + silence));
        if (read.isolation() != Definition.Isolation.NONE) {
            line("isolation", "" + read.isolation());
        }
        if (!read.copy().isEmpty()) {
            line("copy", String.join(" | ", read.copy()));
        }
        read.runner().ifPresent(runner -> line("runner", runner));
        read.command()
                .ifPresent(command ->
                        line("command", String.join(" | ", command).replace(folder(), "FOLDER")));
        line("prompt", read.systemPrompt());
        rest(read.unknown(), read.repairs());
    }

    private static String folder() {
        return java.nio.file.Path.of("src/test/resources/definitions").toAbsolutePath().toString();
    }

    private void skill(Skill read) {
        line("skill", read.name());
        line("description", read.description());
        read.license().ifPresent(license -> line("license", license));
        read.compatibility().ifPresent(words -> line("compatibility", words));
        read.metadata().forEach((key, value) -> line("metadata " + key, value));
        read.allowedTools().ifPresent(tools -> line("tools", String.join(" | ", tools)));
        line("body", read.body());
        rest(read.unknown(), read.repairs());
    }

    private void rest(Map<String, String> unknown, List<String> repairs) {
        unknown.forEach((key, text) -> line("unknown " + key, text));
        repairs.forEach(repair -> line("told", repair));
    }

    private void line(String what, String text) {
        String shown = text.replace("\\", "\\\\").replace("\n", "\\n");
        lines.add((what + ": " + shown).strip());
    }
}
