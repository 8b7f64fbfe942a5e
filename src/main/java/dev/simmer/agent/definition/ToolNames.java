package dev.simmer.agent.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tools as files name them, in common names.
 *
 * <p>A text or list names what is allowed. A map says it of each tool: with nothing but {@code
 * true} in it, it is a list; with a {@code false} it means what it means to OpenCode, the one
 * program that has such maps, where tools that it does not name stay allowed.
 *
 * @param allowed empty: all
 * @param denied what is said to be denied
 */
record ToolNames(Optional<Set<String>> allowed, Set<String> denied) {
    private static final Map<String, List<String>> COMMON = common();
    private static final Map<String, List<String>> ON_GITHUB = onGithub();
    private static final Set<String> ALL = Set.of("*", "all", "all tools", "inherit");
    private static final Set<String> NONE = Set.of("none", "no tools");
    private static final Set<String> YES = Set.of("true", "yes", "on", "1", "allow", "enabled");
    private static final Set<String> NO = Set.of("false", "no", "off", "0", "deny", "disabled");

    /** All tools. */
    static final ToolNames EVERYTHING = new ToolNames(Optional.empty(), Set.of());

    private static Map<String, List<String>> common() {
        Map<String, List<String>> names = new LinkedHashMap<>();
        put(names, "Read", "read", "read_file", "readfile", "read_many_files", "view");
        put(names, "Write", "write", "write_file", "create_file");
        put(names, "Edit", "edit", "edit_file", "replace", "str_replace", "patch", "apply_patch");
        put(names, "MultiEdit", "multiedit");
        put(names, "Bash", "bash", "shell", "run_shell_command", "run_terminal_cmd", "terminal");
        put(names, "Glob", "glob", "file_search");
        put(names, "Grep", "grep", "search_file_content", "grep_search", "ripgrep");
        put(names, "LS", "ls", "list", "list_directory", "list_dir");
        put(names, "WebFetch", "webfetch", "web_fetch", "fetch");
        put(names, "WebSearch", "websearch", "web_search", "google_web_search");
        put(names, "Task", "task", "agent", "custom-agent");
        put(names, "TodoWrite", "todowrite", "write_todos");
        put(names, "TodoRead", "todoread");
        put(names, "NotebookEdit", "notebookedit");
        put(names, "NotebookRead", "notebookread");
        put(names, "Skill", "skill");
        return names;
    }

    /**
     * The names of GitHub's custom agents and of VS Code's sets of tools.
     *
     * <p>Sources: docs.github.com, "Custom agents configuration"; code.visualstudio.com, "Custom
     * agents". VS Code reads files by its search too, so that the right to search is one to read.
     */
    private static Map<String, List<String>> onGithub() {
        Map<String, List<String>> names = new LinkedHashMap<>();
        List.of("execute", "runcommands", "runcommand", "runinterminal", "runtasks", "runtests")
                .forEach(name -> names.put(name, List.of("Bash")));
        List.of("edit", "editfiles", "new")
                .forEach(name -> names.put(name, List.of("Edit", "Write")));
        List.of("search", "usages", "findtestfiles", "textsearch", "filesearch")
                .forEach(name -> names.put(name, List.of("Grep", "Glob")));
        names.put("codebase", List.of("Read", "Grep", "Glob"));
        names.put("web", List.of("WebFetch", "WebSearch"));
        names.put("todo", List.of("TodoWrite"));
        names.put("todos", List.of("TodoWrite"));
        names.put("runsubagent", List.of("Task"));
        return names;
    }

    private static void put(Map<String, List<String>> names, String common, String... others) {
        for (String other : others) {
            names.put(other, List.of(common));
        }
    }

    /**
     * Reads what stands under {@code tools} and its like.
     *
     * @param github whether the file is one of GitHub's, which has wider names
     */
    static ToolNames of(Value value, boolean github, Told told) {
        return switch (value) {
            case Value.Text text -> ofText(text, github);
            case Value.Items list -> ofItems(list, github, told);
            case Value.Pairs map -> ofPairs(map, github, told);
        };
    }

    private static ToolNames ofText(Value.Text text, boolean github) {
        String whole = text.text().strip().toLowerCase(Locale.ROOT);
        if (text.isNothing() || ALL.contains(whole)) {
            return EVERYTHING;
        }
        if (NONE.contains(whole) || whole.equals("[]")) {
            return new ToolNames(Optional.of(Set.of()), Set.of());
        }
        return ofNames(split(text.text()), github);
    }

    private static ToolNames ofNames(List<String> names, boolean github) {
        if (names.contains("*")) {
            return EVERYTHING;
        }
        Set<String> allowed = new LinkedHashSet<>();
        names.forEach(name -> allowed.addAll(common(name, github)));
        return new ToolNames(Optional.of(allowed), Set.of());
    }

    private static ToolNames ofItems(Value.Items list, boolean github, Told told) {
        Map<String, Value> maps = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        for (Value item : list.items()) {
            switch (item) {
                case Value.Pairs map -> maps.putAll(map.pairs());
                case Value.Text text -> names.addAll(split(text.text()));
                case Value.Items more -> more.texts().forEach(text -> names.addAll(split(text)));
            }
        }
        if (!maps.isEmpty() && names.isEmpty()) {
            return ofPairs(new Value.Pairs(maps, list.line()), github, told);
        }
        names.addAll(maps.keySet());
        return ofNames(names, github);
    }

    private static ToolNames ofPairs(Value.Pairs map, boolean github, Told told) {
        Set<String> yes = new LinkedHashSet<>();
        Set<String> no = new LinkedHashSet<>();
        boolean others = true;
        for (Map.Entry<String, Value> pair : map.pairs().entrySet()) {
            String said = pair.getValue().shown().strip().toLowerCase(Locale.ROOT);
            boolean allowed = YES.contains(said);
            if (!allowed && !NO.contains(said)) {
                told.line(
                        pair.getValue().line(),
                        Told.quoted(pair.getKey() + ": " + said)
                                + " is neither true nor false, and nobody can be asked;"
                                + " the tool is denied");
            }
            if (pair.getKey().equals("*")) {
                others = allowed;
            } else {
                (allowed ? yes : no).addAll(common(pair.getKey(), github));
            }
        }
        boolean listed = !others || (no.isEmpty() && !map.pairs().containsKey("*"));
        boolean nothing = map.pairs().isEmpty();
        return nothing
                ? EVERYTHING
                : new ToolNames(listed ? Optional.of(yes) : Optional.empty(), no);
    }

    /** The names in a text: apart by commas or blanks, those in round brackets left together. */
    static List<String> split(String text) {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth = Math.max(0, depth - 1);
            }
            if (depth == 0 && (c == ',' || c == ';' || Character.isWhitespace(c))) {
                add(names, name);
            } else {
                name.append(c);
            }
        }
        add(names, name);
        return names;
    }

    private static void add(List<String> names, StringBuilder name) {
        String stripped = name.toString().strip();
        name.setLength(0);
        int start = 0;
        int end = stripped.length();
        while (start < end && "[\"'`-".indexOf(stripped.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && "]\"'`".indexOf(stripped.charAt(end - 1)) >= 0) {
            end--;
        }
        if (end > start) {
            names.add(stripped.substring(start, end));
        }
    }

    /** The common names of a tool; one that is not known stays as it is. */
    static List<String> common(String name, boolean github) {
        int bracket = name.indexOf('(');
        String base = (bracket < 0 ? name : name.substring(0, bracket)).strip();
        String pattern = bracket < 0 ? "" : name.substring(bracket);
        List<String> found =
                Optional.ofNullable(github ? onGithub(base) : null)
                        .orElseGet(() ->
                                COMMON.getOrDefault(base.toLowerCase(Locale.ROOT), List.of(base)));
        return found.stream().map(each -> each + pattern).toList();
    }

    /** The names of a tool there, or of the set before its slash, as in {@code edit/editFiles}. */
    private static @Nullable List<String> onGithub(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        int slash = key.indexOf('/');
        if (slash < 0) {
            return ON_GITHUB.get(key);
        }
        String set = key.substring(0, slash);
        List<String> ofAll = List.of("read", "agent");
        return ofAll.contains(set) ? COMMON.get(set) : ON_GITHUB.get(set);
    }
}
