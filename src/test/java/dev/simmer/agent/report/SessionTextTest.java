package dev.simmer.agent.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class SessionTextTest {
    private static final AgentEntry DONE =
            new AgentEntry(
                    "bg-20260123-143000-security",
                    "background-runner",
                    "Security audit",
                    AgentEntry.Status.COMPLETED,
                    Optional.of(".agents/reports/20260123-143000-security.md"));

    private static final String SEED =
            """
            ---
            session: auth # the feature
            background_agents:
              - id: "bg-20260123-143000-security"
                agent: background-runner
                task: "Security audit"
                status: running  # Changed by the agent
                result_location: null
              # the last line of the list
            next: 'x'
            ---
            # Notes
            """;

    @Test
    void setsTheSeedsEntry() throws YamlFault {
        assertThat(set(SEED, DONE))
                .isEqualTo(
                        SEED.replace("status: running ", "status: completed ")
                                .replace(
                                        "location: null",
                                        "location:"
                                                + " .agents/reports/20260123-143000-security.md"));
    }

    @Test
    void changesNothingASecondTime() throws YamlFault {
        byte[] once = SessionText.with(SEED.getBytes(StandardCharsets.UTF_8), DONE);
        assertThat(SessionText.with(once, DONE)).isSameAs(once);
    }

    @Test
    void addsAnEntryBehindTheLastOne() throws YamlFault {
        AgentEntry other =
                new AgentEntry(
                        "bg-2",
                        "explorer",
                        "Map: the \"flow\"",
                        AgentEntry.Status.RUNNING,
                        Optional.empty());
        assertThat(set(SEED, other))
                .isEqualTo(
                        SEED.replace(
                                "    result_location: null\n",
                                """
                                    result_location: null
                                  - id: "bg-2"
                                    agent: explorer
                                    task: "Map: the \\"flow\\""
                                    status: running
                                """
                                        .indent(0)));
    }

    @Test
    void makesAFrontMatterWhereThereIsNone() throws YamlFault {
        assertThat(set("# Notes\r\n", DONE))
                .startsWith("---\r\nbackground_agents:\r\n  - id: \"bg-")
                .endsWith("security.md\"\r\n---\r\n# Notes\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "---\nname: Context: x\n---\n",
                "---\nname: x\n",
                "---\nbackground_agents: done\n---\n",
                "---\nbackground_agents: {a: b}\n---\n",
                "---\n- a\n---\n",
                "---\na: *nowhere\n---\n",
                "---\na: [\n---\n",
                "---\na: \"\u0007\"\n---\n",
                "---\nl: &x [{id: bg-20260123-143000-security}]\nbackground_agents: *x\n---\n",
                // The value has a name that another place refers to.
                """
                ---
                background_agents:
                - id: bg-20260123-143000-security
                  status: &s running
                last: *s
                ---
                """,
            })
    void refusesWhatItDoesNotUnderstand(String file) {
        assertThatThrownBy(() -> set(file, DONE)).isInstanceOf(YamlFault.class);
    }

    @Test
    void keepsEveryOtherByteOfFilesOfAllStyles() throws YamlFault {
        int exact = 0;
        for (long seed = 1; seed <= 5000; seed++) {
            RandomSession session = new RandomSession(seed);
            byte[] before = session.before();
            byte[] after;
            try {
                after = SessionText.with(before, session.entry());
            } catch (YamlFault e) {
                fail("seed " + seed + ": " + e.words(1) + "\n" + session.beforeText());
                return;
            }
            String shown = "seed " + seed + "\n" + session.beforeText();
            if (session.exact()) {
                exact++;
                assertThat(text(after)).as(shown).isEqualTo(text(session.after()));
                assertThat(after).as(shown).isEqualTo(session.after());
            }
            checkMeaning(shown, before, after, session);
            if (!session.hasEntry) {
                checkInsertion(shown, before, after);
            }
            assertThat(SessionText.with(after, session.entry())).as(shown).isSameAs(after);
        }
        assertThat(exact).isGreaterThan(1000);
    }

    /** What is broken is refused or understood, and never an error of another kind. */
    @Test
    void refusesOrUnderstandsFilesWithDamage() {
        Random random = new Random(7);
        String signs = "{}[]:,#&*!|>'\"%@`-? \t\n\r\u0000\u00e9~.\u2028";
        int refused = 0;
        for (long seed = 1; seed <= 3000; seed++) {
            RandomSession session = new RandomSession(seed);
            byte[] file = session.before();
            for (int i = random.nextInt(4); i >= 0; i--) {
                int place = random.nextInt(Math.min(file.length, session.beforeText().length()));
                String sign = String.valueOf(signs.charAt(random.nextInt(signs.length())));
                file = FrontMatter.joined(file, place, place + random.nextInt(2), sign);
            }
            try {
                byte[] after = SessionText.with(file, session.entry());
                assertThat(SessionText.with(after, session.entry())).isEqualTo(after);
            } catch (YamlFault e) {
                assertThat(e.words(1)).as("seed " + seed).isNotBlank().doesNotContain("\n");
                refused++;
            }
        }
        assertThat(refused).isBetween(100, 2900);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session: auth # x\nbackground_agents:\n  - id: a\n    status: done\nmore: y\n",
                "# c\r\nbackground_agents: []\r\nmore: y",
                "---\nsession: auth\nbackground_agents:\n",
                "---\nbackground_agents: ~\n",
                "session: auth",
                "",
            })
    void yamlWithoutFencesStaysYaml(String text) throws YamlFault {
        byte[] file = text.getBytes(StandardCharsets.UTF_8);
        byte[] after = SessionText.with(file, DONE, SessionText.Kind.YAML);
        assertThat(items(loadText(text(after))))
                .anySatisfy(item ->
                        assertThat(item)
                                .containsEntry("id", DONE.id())
                                .containsEntry("status", "completed"));
        assertThat(SessionText.with(after, DONE, SessionText.Kind.YAML)).isSameAs(after);
        if (text.startsWith("session: auth #") || text.startsWith("# c")) {
            assertThat(SessionText.with(file, DONE)).isEqualTo(after);
        }
    }

    @Test
    void jsonIsLeftAlone() {
        assertThatThrownBy(() ->
                        SessionText.with(
                                "{\"session\": 1}".getBytes(StandardCharsets.UTF_8),
                                DONE,
                                SessionText.Kind.of("session.JSON")))
                .isInstanceOf(YamlFault.class)
                .hasMessageContaining("JSON");
    }

    private static void checkInsertion(String shown, byte[] before, byte[] after) {
        int more = after.length - before.length;
        int same = 0;
        while (same < before.length && before[same] == after[same]) {
            same++;
        }
        byte[] rest = new byte[before.length];
        // Where the piece begins with what stands behind it, the common beginning is too long.
        if (more < 0) {
            // The null or ~ that stood there is replaced.
            return;
        }
        boolean found = false;
        for (int from = same; from >= 0 && !found; from--) {
            System.arraycopy(after, 0, rest, 0, from);
            System.arraycopy(after, from + more, rest, from, before.length - from);
            found = java.util.Arrays.equals(rest, before);
        }
        boolean replaced = text(before).matches("(?s).*background_agents: (~|null).*");
        assertThat(found || replaced).as(shown).isTrue();
    }

    /** Another reader of YAML, by values and not by places, must agree. */
    private static void checkMeaning(
            String shown, byte[] before, byte[] after, RandomSession session) throws YamlFault {
        Map<String, Object> old = load(before);
        Map<String, Object> now = load(after);
        List<Map<String, Object>> items = items(now);
        assertThat(items.stream().filter(item -> RandomSession.ID.equals(item.get("id"))))
                .as(shown)
                .hasSize(1)
                .allSatisfy(item -> {
                    assertThat(item.get("status")).isEqualTo(session.status);
                    assertThat(item.get("result_location")).isEqualTo(session.place);
                });
        assertThat(rest(items)).as(shown).isEqualTo(rest(items(old)));
        old.remove("background_agents");
        now.remove("background_agents");
        assertThat(now).as(shown).isEqualTo(old);
    }

    private static List<Object> rest(List<Map<String, Object>> items) {
        return items.stream()
                .filter(item -> !RandomSession.ID.equals(item.get("id")))
                .map(Object.class::cast)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> items(Map<String, Object> root) {
        Object list = root.get("background_agents");
        return list == null ? List.of() : (List<Map<String, Object>>) list;
    }

    private static Map<String, Object> load(byte[] file) throws YamlFault {
        return loadText(FrontMatter.find(file).orElseThrow().text());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> loadText(String text) {
        Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        return root == null ? new TreeMap<>() : (Map<String, Object>) root;
    }

    private static String set(String file, AgentEntry entry) throws YamlFault {
        return text(SessionText.with(file.getBytes(StandardCharsets.UTF_8), entry));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
