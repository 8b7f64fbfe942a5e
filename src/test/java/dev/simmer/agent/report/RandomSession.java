package dev.simmer.agent.report;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A session file of a random style, made twice: as it is before a change and as it must be after
 * it, where the entry and both of its keys are there already.
 */
final class RandomSession {
    static final String ID = "bg-20260123-143000-security";

    private final Random random;
    private final String end;
    private final StringBuilder before = new StringBuilder();
    private final StringBuilder after = new StringBuilder();

    final String status;
    final String place;
    final boolean hasEntry;
    final boolean hasStatus;
    final boolean hasPlace;
    byte[] body = {};
    boolean mark;

    RandomSession(long seed) {
        random = new Random(seed);
        end = random.nextInt(3) == 0 ? "\r\n" : "\n";
        status = one("completed", "failed", "running");
        place =
                one(
                        ".agents/reports/20260123-143000-security.md",
                        ".agents/reports/20260123-143000-security-partial.md",
                        "reports/mit Lücke – 日本 🎉's \"x\".md");
        hasEntry = random.nextInt(6) != 0;
        hasStatus = random.nextInt(5) != 0;
        hasPlace = random.nextInt(3) != 0;
        make();
    }

    byte[] before() {
        return whole(before.toString());
    }

    byte[] after() {
        return whole(after.toString());
    }

    String beforeText() {
        return before.toString();
    }

    boolean exact() {
        return hasEntry && hasStatus && hasPlace;
    }

    AgentEntry entry() {
        AgentEntry.Status set =
                AgentEntry.Status.valueOf(status.toUpperCase(java.util.Locale.ROOT));
        return new AgentEntry(
                ID, "background-runner", "Audit: a \"b\" #c", set, java.util.Optional.of(place));
    }

    private byte[] whole(String matter) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (mark) {
            out.writeBytes(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
        }
        out.writeBytes(matter.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(body);
        return out.toByteArray();
    }

    private void make() {
        mark = random.nextInt(5) == 0;
        put("---" + one("", "", "  ") + end);
        boolean flowRoot = random.nextInt(8) == 0;
        if (flowRoot) {
            put("{" + one("", " ") + "name: x, ");
            if (random.nextBoolean()) {
                put("\"k\": [1, 'b'],");
                put(one(" ", end + "  ", " # Grund: {" + end + " "));
            }
            put("background_agents: ");
            flowList();
            put(one("", ", z: \"ü\"", " ,", end) + "}" + comment() + end);
        } else {
            int others = random.nextInt(4);
            others(others);
            boolean list = hasEntry || random.nextBoolean();
            if (list) {
                put("background_agents:");
                if (random.nextInt(3) == 0) {
                    put(" ");
                    flowList();
                    put(comment() + end);
                } else {
                    put(comment() + end);
                    blockList();
                }
            } else if (random.nextBoolean()) {
                put("background_agents:" + one("", " []", " ~", " null") + comment() + end);
            }
            others(list || others == 0 ? random.nextInt(3) + 1 : random.nextInt(3));
        }
        put(one("---", "---", "--- ", "...") + end);
        byte[] noise = new byte[random.nextInt(60)];
        random.nextBytes(noise);
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.writeBytes(
                ("# Sitzung" + end + "---" + end + "status: running" + end)
                        .getBytes(StandardCharsets.UTF_8));
        rest.writeBytes(noise);
        body = rest.toByteArray();
    }

    private int nextKey;

    private void others(int count) {
        for (int i = 0; i < count; i++) {
            String key = one("key", "\"ké\"", "'q'", "status", "id") + "";
            key = key.equals("status") || key.equals("id") ? key + nextKey++ : "k" + nextKey++;
            put(
                    one(
                                    key + ": plain text here" + comment(),
                                    key + ": \"double \\\"q\\\" \\n 🎉\"" + comment(),
                                    key + ": 'single ''q'' background_agents: x'" + comment(),
                                    key
                                            + ": |"
                                            + end
                                            + "  background_agents:"
                                            + end
                                            + "    - id: "
                                            + ID
                                            + end
                                            + "      status: old",
                                    key + ": >-" + end + "    folded 日本" + end + end + "    more",
                                    key + ": |+" + end + "  kept" + end + end,
                                    key + ":",
                                    key
                                            + ":"
                                            + end
                                            + "  nested: {a: [1, 2], b: \"c\"}"
                                            + comment()
                                            + end
                                            + "  list:"
                                            + end
                                            + "  - a"
                                            + end
                                            + "  - b: c",
                                    key + ":" + comment() + end + "- indentless" + end + "- x: y",
                                    "# a comment: [ { \" '" + end + key + ": &a" + nextKey + " v",
                                    key + ": plain that" + end + "  goes on" + comment(),
                                    "? " + key + end + ": explicit")
                            + end);
            if (random.nextInt(4) == 0) {
                put(one("", "  ", "# über — ñ 🎉", "   # indented") + end);
            }
        }
    }

    private List<String> keysOfEntry() {
        List<String> keys = new ArrayList<>(List.of("id", "agent", "task"));
        if (hasStatus) {
            keys.add("status");
        }
        if (hasPlace) {
            keys.add("result_location");
        }
        if (random.nextInt(3) == 0) {
            keys.add("extra");
        }
        Collections.shuffle(keys, random);
        return keys;
    }

    private void blockList() {
        String dash = " ".repeat(one("", "a", "aa", "aaaa").length());
        int before = random.nextInt(3);
        int behind = random.nextInt(3);
        int all = before + behind + (hasEntry ? 1 : 0);
        for (int i = 0; i < Math.max(all, 1); i++) {
            boolean ours = hasEntry && i == before;
            String keys = dash + "  " + one("", "", " ", "  ");
            if (!ours && random.nextInt(4) == 0) {
                put(dash + "- {id: other" + i + ", status: running}" + comment() + end);
                continue;
            }
            if (ours && random.nextInt(4) == 0) {
                put(dash + "- ");
                flowItem();
                put(comment() + end);
                continue;
            }
            boolean first = true;
            List<String> names =
                    ours ? keysOfEntry() : List.of("id", "task", "status", "result_location");
            for (String name : names) {
                if (!first && random.nextInt(6) == 0) {
                    put(one("", keys + "# Bemerkung: ü", "  # tief") + end);
                }
                put(first ? dash + "-" + keys.substring(dash.length() + 1) : keys);
                first = false;
                put(name + one(":", ":", " :"));
                if (ours) {
                    blockValue(name, keys);
                } else {
                    put(" " + one("other", "\"other\"", "'running'") + i + one("", " # c"));
                    undoQuote();
                }
                put(end);
            }
        }
    }

    /** The digit put behind a closing quote is taken away again. */
    private void undoQuote() {
        for (StringBuilder text : List.of(before, after)) {
            String fixed = text.toString().replaceAll("(other|running)([\"'])(\\d)", "$1$3$2");
            text.setLength(0);
            text.append(fixed);
        }
    }

    private void blockValue(String name, String indent) {
        switch (name) {
            case "id" -> put(" " + one(ID, "\"" + ID + "\"", "'" + ID + "'") + comment());
            case "status" -> changing(status, true, indent);
            case "result_location" -> changing(place, true, indent);
            default ->
                    put(
                            one(
                                    " plain",
                                    " \"status: running\"",
                                    " |" + end + indent + " status: running",
                                    "",
                                    " ~ # nichts",
                                    " [a, {status: running}]"));
        }
    }

    private void flowList() {
        put("[" + one("", " "));
        boolean something = false;
        if (random.nextBoolean()) {
            put("{id: other, status: running, result_location: x}");
            something = true;
        }
        if (hasEntry) {
            put(something ? ", " : "");
            flowItem();
            something = true;
            put(random.nextBoolean() ? ", {id: third}" : "");
        }
        put(something ? one("", ",", " # Ende" + end + " ") : "");
        put("]");
    }

    private void flowItem() {
        put("{" + one("", " "));
        boolean first = true;
        for (String name : keysOfEntry()) {
            if (!first) {
                put("," + one(" ", " ", end + "      "));
            }
            first = false;
            put(one(name, "\"" + name + "\"", "'" + name + "'") + ":");
            switch (name) {
                case "id" -> put(" " + one(ID, "\"" + ID + "\"", "'" + ID + "'"));
                case "status" -> changing(status, false, "");
                case "result_location" -> changing(place, false, "");
                default -> put(" " + one("x", "\"status: running, \"", "[a, b]", "{c: d}"));
            }
        }
        put(one("", " ") + "}");
    }

    /** A value that is changed, so that the two texts differ here and only here. */
    private void changing(String value, boolean block, String indent) {
        switch (random.nextInt(block ? 6 : 4)) {
            case 0 -> both(" ", "starting", YamlEdit.written(value, (char) 0), "");
            case 1 -> both(" ", "\"a \\\" b\"", YamlEdit.written(value, '"'), "");
            case 2 -> both("  ", "'it''s'", YamlEdit.written(value, '\''), "");
            case 3 -> both(" ", "null", YamlEdit.written(value, (char) 0), "");
            case 4 -> both("", "", " " + YamlEdit.written(value, (char) 0), comment());
            default ->
                    both(
                            " ",
                            ">-" + end + indent + "   old" + end + indent + "   words",
                            YamlEdit.written(value, '>'),
                            "");
        }
    }

    private void both(String lead, String old, String now, String behind) {
        before.append(lead).append(old).append(behind);
        after.append(lead).append(now).append(behind);
    }

    private String comment() {
        return one("", "", "", " # ein Kommentar: \"[ü {", "   ", "  #");
    }

    private void put(String text) {
        before.append(text);
        after.append(text);
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
