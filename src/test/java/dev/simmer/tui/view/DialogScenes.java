package dev.simmer.tui.view;

import dev.simmer.model.Command;
import dev.simmer.model.TaskSpec;
import dev.simmer.tui.model.AgentOrder;
import dev.simmer.tui.model.Cmd;
import dev.simmer.tui.model.Findings;
import dev.simmer.tui.model.Inquiry;
import dev.simmer.tui.model.Key;
import dev.simmer.tui.model.Key.Name;
import dev.simmer.tui.model.Keymap;
import dev.simmer.tui.model.Msg;
import dev.simmer.tui.model.Samples;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Dialogs in which something is typed and found. */
final class DialogScenes {
    private static final Key TAB = Key.of(Name.TAB);
    private static final Key ENTER = Key.of(Name.ENTER);
    private static final Path LOG = Path.of("/home/ada/shop/output.log");

    private static final Findings COMMANDS =
            new Findings.Commands(
                    List.of(
                            new Findings.Offer("npm run dev", "package.json"),
                            new Findings.Offer("npm run test:e2e", "package.json"),
                            new Findings.Offer("make deploy", "Makefile")),
                    List.of("make", "mkdir", "mktemp", "npm", "npx"));

    private static final Findings AGENTS =
            new Findings.Agents(
                    List.of(
                            new Findings.Offer("explorer", "finds its way in unknown code"),
                            new Findings.Offer("security-audit", "claude: looks for holes"),
                            new Findings.Offer("日本語", "skill: 説明")),
                    List.of(
                            ".agents/sessions/20260321-auth.md",
                            ".agents/sessions/20260123-cart.md"));

    private DialogScenes() {}

    static Map<String, UnaryOperator<Screens>> all() {
        Map<String, UnaryOperator<Screens>> all = new LinkedHashMap<>();
        all.put("dialog-spawn", DialogScenes::spawn);
        all.put("dialog-spawn-offers", DialogScenes::offers);
        all.put("dialog-spawn-wrong", DialogScenes::wrong);
        all.put("dialog-agent", DialogScenes::agent);
        all.put("dialog-agent-planned", DialogScenes::planned);
        all.put("dialog-agent-refused", DialogScenes::refused);
        all.put("dialog-agent-unknown", s -> agent(s).type("exlporer").keys(TAB).type("look"));
        all.put("palette", s -> at(s).type(":"));
        all.put("palette-found", s -> at(s).type("j:rest").keys(Key.of(Name.DOWN)));
        all.put("palette-command", s -> at(s).type(":/kill we"));
        all.put("palette-wrong", s -> at(s).type(":/rename").keys(ENTER, ENTER));
        all.put("stats", s -> at(s).type(":/stats").keys(ENTER));
        all.put("cleaned", s -> at(s).type("c"));
        all.put("keys", s -> at(s).type("?"));
        all.put(
                "keys-mistakes",
                s -> {
                    Keymap keys =
                            Keymap.DEFAULT.withMistakes(
                                    List.of(
                                            "keys.yaml:1:1: `stpo` is no action; did you mean"
                                                    + " `stop`?",
                                            "keys.yaml:4:9: `\u001b[31mx` is no key"));
                    return at(s.keymap(keys)).type("?G");
                });
        return all;
    }

    private static Screens at(Screens screens) {
        return screens.tasks(Samples.everyPhase(LOG));
    }

    static Screens offers(Screens screens) {
        return at(screens).type("n").send(new Msg.LookedUp(COMMANDS)).type("m");
    }

    static Screens spawn(Screens screens) {
        return at(screens)
                .type("nmake all")
                .keys(TAB, TAB)
                .type("suite")
                .keys(TAB)
                .type("1.5G")
                .keys(TAB)
                .type("b");
    }

    static Screens wrong(Screens screens) {
        return at(screens).type("nmake all").keys(TAB, TAB, TAB).type("much").keys(ENTER);
    }

    static Screens agent(Screens screens) {
        return at(screens).type("a").send(new Msg.LookedUp(AGENTS)).keys(Key.of(Name.DOWN));
    }

    private static Screens filled(Screens screens) {
        return agent(screens)
                .keys(Key.of(Name.DOWN), ENTER, TAB)
                .send(new Msg.Pasted("Audit how tokens are checked.\nLook at refresh first."))
                .keys(TAB)
                .type("src/auth/token.py")
                .keys(TAB, TAB)
                .keys(Key.of(Name.RIGHT), Key.of(Name.RIGHT), TAB);
    }

    private static Inquiry.Plan asked(Screens screens) {
        Inquiry.Plan plan = null;
        for (Cmd command : screens.unanswered()) {
            if (command instanceof Cmd.LookUp(Inquiry.Plan newest)) {
                plan = newest;
            }
        }
        if (plan == null) {
            throw new AssertionError("no plan was asked for");
        }
        return plan;
    }

    static Screens planned(Screens screens) {
        filled(screens);
        return screens.send(
                new Msg.LookedUp(
                        new Findings.Planned(
                                asked(screens),
                                task(),
                                ".agents/reports/20260321-120431-security-audit.md",
                                "claude -p --output-format stream-json --verbose --model opus"
                                        + " --append-system-prompt-file agent/system.md",
                                List.of("the definition's tool WebSearch is not known"))));
    }

    static Screens refused(Screens screens) {
        filled(screens).keys(ENTER);
        return screens.send(
                new Msg.LookedUp(
                        new Findings.Refused(
                                asked(screens),
                                "claude is not on PATH; install it, or name a"
                                        + " runner that is")));
    }

    private static TaskSpec task() {
        return TaskSpec.named("audit", Samples.FOLDER, new Command.Shell("true")).build();
    }

    /** Whatever may be found anywhere. */
    static Findings nasty(Random random) {
        String text = "\u001b[31m日本\u0007 👩‍👩‍👧‍👦 " + "x".repeat(random.nextInt(200));
        Inquiry.Plan plan =
                new Inquiry.Plan(
                        new AgentOrder(
                                text,
                                text,
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                OptionalLong.empty()),
                        random.nextBoolean());
        return switch (random.nextInt(6)) {
            case 0 -> new Findings.Commands(List.of(new Findings.Offer(text, text)), List.of(text));
            case 1 -> new Findings.Files("", List.of(text, "a/", "x"));
            case 2 -> new Findings.Agents(List.of(new Findings.Offer(text, text)), List.of(text));
            case 3 -> new Findings.Planned(plan, task(), text, text, List.of(text));
            case 4 -> new Findings.Refused(plan, text);
            default -> new Findings.Nothing(plan);
        };
    }
}
