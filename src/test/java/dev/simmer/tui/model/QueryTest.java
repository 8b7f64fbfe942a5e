package dev.simmer.tui.model;

import static dev.simmer.tui.model.Samples.mib;
import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.AttemptView;
import dev.simmer.model.Command;
import dev.simmer.model.Kind;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The filter's language. */
class QueryTest {
    private final List<TaskView> tasks = tasks();

    private static List<TaskView> tasks() {
        List<TaskView> tasks = new ArrayList<>();
        tasks.add(task(1, "build", "npm run build", Kind.JOB, Phase.RUNNING, 0.9, mib(1_500)));
        tasks.add(task(2, "dev", "vite --port 80", Kind.SERVICE, Phase.READY, 0.1, mib(200)));
        tasks.add(task(3, "test:unit", "vitest", Kind.JOB, Phase.FAILED, 0, 0));
        tasks.add(task(4, "test:e2e", "playwright", Kind.JOB, Phase.TIMED_OUT, 0, 0));
        tasks.add(task(5, "Audit", "claude -p", Kind.AGENT, Phase.WAITING, 0, 0));
        return tasks;
    }

    private static TaskView task(
            long id, String name, String command, Kind kind, Phase phase, double cpu, long rss) {
        TaskView task = Samples.task(id, name, kind, phase, "", Path.of("/none"));
        TaskSpec spec =
                TaskSpec.named(name, Samples.FOLDER, new Command.Shell(command)).kind(kind).build();
        return Samples.using(cpu, rss, Samples.with(task, spec));
    }

    private QueryKey.Facts facts() {
        Scope scope = Scope.of(Samples.FOLDER, Samples.snapshot(tasks), false);
        Groups groups = Groups.of(Samples.FOLDER, Map.of("ci", List.of("build")));
        return new QueryKey.Facts(scope, groups, Samples.NOW);
    }

    private List<String> found(String filter) {
        Query query = Query.of(filter, facts());
        assertThat(query.problem()).as(filter).isEmpty();
        return tasks.stream().filter(query::matches).map(TaskView::name).toList();
    }

    private String problem(String filter) {
        Query query = Query.of(filter, facts());
        assertThat(tasks.stream().noneMatch(query::matches)).as("matches nothing").isTrue();
        return query.problem().orElse("");
    }

    @Test
    void wordsAreLookedForInNameGroupAndCommand() {
        assertThat(found("bld")).containsExactly("build");
        assertThat(found("ci")).containsExactly("build");
        assertThat(found("vite")).containsExactly("dev", "test:unit");
        assertThat(found("vite --port")).containsExactly("dev");
        assertThat(found("\"vite --port\"")).containsExactly("dev");
        assertThat(found("timed")).containsExactly("test:e2e");
        assertThat(found("  ")).hasSize(5);
        assertThat(found("zzz")).isEmpty();
    }

    @Test
    void keysNarrow() {
        assertThat(found("kind:agent")).containsExactly("Audit");
        assertThat(found("kind:a,s")).containsExactly("dev", "Audit");
        assertThat(found("state:failed")).containsExactly("test:unit", "test:e2e");
        assertThat(found("state:timed")).containsExactly("test:e2e");
        assertThat(found("state:active")).containsExactly("build", "dev");
        assertThat(found("group:ci")).containsExactly("build");
        assertThat(found("group:test")).containsExactly("test:unit", "test:e2e");
        assertThat(found("name:dev")).containsExactly("dev");
        assertThat(found("command:claude")).containsExactly("Audit");
        assertThat(found("id:3")).containsExactly("test:unit");
        assertThat(found("wants:me")).isEmpty();
        assertThat(found("kind:job state:failed unit")).containsExactly("test:unit");
    }

    @Test
    void figuresAreComparedInTheUnitsOfPeople() {
        assertThat(found("mem>1G")).containsExactly("build");
        assertThat(found("mem<1G")).containsExactly("dev");
        assertThat(found("mem>=200M")).containsExactly("build", "dev");
        assertThat(found("memory<=200M")).containsExactly("dev");
        assertThat(found("ram>1G rss>1G")).containsExactly("build");
        assertThat(found("status:active type:service")).containsExactly("dev");
        assertThat(found("tokens>20k")).isEmpty();
        assertThat(found("cpu>50%")).containsExactly("build");
        assertThat(found("cpu<50")).containsExactly("dev");
        assertThat(found("time>40s state:ended")).containsExactly("test:unit", "test:e2e");
        assertThat(found("time>45 state:ended")).containsExactly("test:e2e");
        assertThat(found("turns>0")).isEmpty();
    }

    @Test
    void whatHasEndedIsFoundByItsMost() {
        TaskView ended = tasks.get(2);
        AttemptView attempt =
                new AttemptView(
                        1,
                        Path.of("/none"),
                        ended.startedAt(),
                        ended.endedAt(),
                        Optional.empty(),
                        mib(700));
        tasks.set(2, Samples.tried(ended, attempt));
        assertThat(found("mem>500M")).containsExactly("build", "test:unit");
        assertThat(found("mem<500M")).as("no peak is known").containsExactly("dev");
    }

    @Test
    void aMinusTurnsAWordRound() {
        assertThat(found("-kind:job")).containsExactly("dev", "Audit");
        assertThat(found("-test -dev")).containsExactly("build", "Audit");
        assertThat(found("-mem>1G")).hasSize(4);
        assertThat(found("-")).as("not yet a word").isNotNull();
    }

    @Test
    void whatIsStillBeingTypedHidesNothing() {
        for (String begun : List.of("state:", "mem>", "kind:j,", "mem>1.", "time>1", "name:\"")) {
            assertThat(Query.of(begun, facts()).problem()).as(begun).isEmpty();
        }
        assertThat(found("state:")).hasSize(5);
        assertThat(found("mem>")).hasSize(5);
    }

    @Test
    void mistakesAreTold() {
        assertThat(problem("stat:failed")).contains("no key stat", "did you mean state?");
        assertThat(problem("zzz:1")).contains("no key zzz");
        assertThat(problem("momory>1G")).contains("no key momory");
        assertThat(problem("cup<5")).contains("did you mean cpu?");
        assertThat(problem("stat=failed")).contains("did you mean state?");
        assertThat(problem("tokens>lots")).contains("20k");
        assertThat(problem("state:faield")).contains("did you mean failed?");
        assertThat(problem("kind:robot")).contains("agent, job, service");
        assertThat(problem("mem>lots")).contains("no size such as 500M");
        assertThat(problem("mem:1G")).isEqualTo("write mem>1G or mem<1G");
        assertThat(problem("state>failed")).isEqualTo("write state:failed");
        assertThat(problem("x\u001b[2J:1\u001b[2J")).doesNotContain("\u001b");
    }

    @Test
    void aNameWithAColonIsNoMistake() {
        assertThat(found("test:unit")).containsExactly("test:unit");
        assertThat(found("test:")).containsExactly("test:unit", "test:e2e");
        assertThat(found("\"zzz:1\"")).isEmpty();
        assertThat(found("NODE_ENV=test")).isEmpty();
    }

    @Test
    void saysWhatOfANameItIsAbout() {
        Query query = Query.of("bl -dev name:d", facts());
        assertThat(query.inName("build"))
                .containsExactly(new Fuzzy.Span(0, 1), new Fuzzy.Span(3, 5));
        assertThat(query.inName("test")).isEmpty();
        assertThat(Query.ALL.inName("build")).isEmpty();
    }

    private String completed(String typed) {
        return QueryCompletion.of(LineEdit.of(typed), facts()).line().text();
    }

    @Test
    void tabCompletesKeysAndTheirValues() {
        assertThat(completed("st")).isEqualTo("state:");
        assertThat(completed("-ki")).isEqualTo("-kind:");
        assertThat(completed("x mem")).isEqualTo("x mem>");
        assertThat(completed("kind:a")).isEqualTo("kind:agent");
        assertThat(completed("state:failed,ti")).isEqualTo("state:failed,timed-out");
        assertThat(completed("group:c")).isEqualTo("group:ci");
        assertThat(completed("state:re")).as("the first of two").isEqualTo("state:ready");
        assertThat(completed("kind:")).isEqualTo("kind:agent");
        assertThat(completed("kind:agent")).as("the next").isEqualTo("kind:job");
        assertThat(completed("x -kind=service")).as("round").isEqualTo("x -kind=agent");
        assertThat(completed("nothing")).isEqualTo("nothing");
        assertThat(QueryCompletion.of(LineEdit.of("state:re"), facts()).choices())
                .containsExactly("ready", "retrying");
    }
}
