package dev.simmer.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.json.JsonFault;
import dev.simmer.json.JsonLimits;
import dev.simmer.json.JsonReader;
import dev.simmer.model.Phase;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens while a client reads slowly: in the end it knows what there is. */
class SubscriptionTest {
    private static final JsonReader READER = new JsonReader(JsonLimits.OWN);

    private final FakeEngine engine = new FakeEngine();
    private final ChangeBook book = new ChangeBook();

    private void publish() {
        engine.publish();
        book.take(engine.snapshot());
    }

    /** Lets a client read one message; whether there was one. */
    private boolean read(Subscription subscription, Mirror client, List<Snapshot> complete)
            throws JsonFault {
        Subscription.Part part = subscription.next(book, ServerText::task, 2_000);
        if (part == null) {
            return false;
        }
        byte[] line = ServerText.changes(part, book.newest());
        Snapshot state = client.take(READER.object(line).object("params"));
        assertThat(state == null).isEqualTo(part.more());
        if (state != null) {
            complete.add(state);
        }
        return true;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void slowClientEndsUpWithTheLastState(long seed) throws Exception {
        Random random = new Random(seed);
        Subscription subscription = new Subscription(1, TaskFilter.ALL);
        Mirror client = new Mirror();
        List<Snapshot> complete = new ArrayList<>();
        List<TaskId> alive = new ArrayList<>();
        for (int step = 0; step < 3_000; step++) {
            switch (random.nextInt(6)) {
                case 0 -> alive.add(engine.add("task " + step));
                case 1, 2 -> {
                    if (!alive.isEmpty()) {
                        engine.say(pick(random, alive), "step " + step);
                    }
                }
                case 3 -> {
                    if (alive.size() > 60) {
                        TaskId gone = pick(random, alive);
                        alive.remove(gone);
                        engine.remove(gone);
                    }
                }
                case 4 -> engine.trouble(Optional.of("trouble " + step));
                default -> {
                    if (random.nextInt(4) == 0) {
                        read(subscription, client, complete);
                    }
                }
            }
            publish();
        }
        while (read(subscription, client, complete)) {
            assertThat(complete.size()).isLessThan(3_000);
        }
        assertThat(complete.getLast().tasks()).isEqualTo(engine.snapshot().tasks());
        assertThat(complete.getLast().trouble()).isEqualTo(engine.snapshot().trouble());
        assertThat(complete.getLast().host()).isEqualTo(engine.snapshot().host());
    }

    private static TaskId pick(Random random, List<TaskId> from) {
        return from.get(random.nextInt(from.size()));
    }

    @Test
    void whoMissedTooManyRemovalsIsToldEverythingAnew() throws Exception {
        Subscription subscription = new Subscription(1, TaskFilter.ALL);
        Mirror client = new Mirror();
        List<Snapshot> complete = new ArrayList<>();
        TaskId stays = engine.add("stays");
        List<TaskId> many = new ArrayList<>();
        for (int i = 0; i < ChangeBook.REMOVALS + 10; i++) {
            many.add(engine.add("goes " + i));
        }
        publish();
        while (read(subscription, client, complete)) {
            assertThat(complete.size()).isLessThanOrEqualTo(1);
        }
        // In the middle of a round, and more of them than are remembered.
        many.forEach(each -> engine.say(each, "changed"));
        publish();
        assertThat(read(subscription, client, complete)).isTrue();
        many.forEach(engine::remove);
        publish();
        while (read(subscription, client, complete)) {
            assertThat(complete.size()).isLessThan(10);
        }
        assertThat(complete.getLast().tasks()).extracting(task -> task.id()).containsExactly(stays);
    }

    @Test
    void whoAsksForSomeIsNotToldOfOthers() throws Exception {
        TaskId mine = engine.add("mine");
        TaskId other = engine.add("other");
        publish();
        Subscription subscription = new Subscription(1, TaskFilter.of(Set.of(mine)));
        Mirror client = new Mirror();
        List<Snapshot> complete = new ArrayList<>();
        assertThat(read(subscription, client, complete)).isTrue();
        engine.say(other, "changed");
        publish();
        assertThat(read(subscription, client, complete)).isFalse();
        engine.remove(other);
        publish();
        assertThat(read(subscription, client, complete)).isFalse();
        engine.phase(mine, Phase.FAILED, "exit code 1");
        publish();
        assertThat(read(subscription, client, complete)).isTrue();
        assertThat(complete).hasSize(2);
        assertThat(complete.getLast().tasks())
                .extracting(task -> task.phase())
                .containsExactly(Phase.FAILED);
    }
}
