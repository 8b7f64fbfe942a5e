package dev.simmer.tui.term;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.tui.model.Findings;
import dev.simmer.tui.model.Inquiry;
import dev.simmer.tui.model.Msg;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LookupDeskTest {
    private final BlockingQueue<Msg> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> crashes = new LinkedBlockingQueue<>();

    private LookupDesk desk() {
        return new LookupDesk(answers::add, crashes::add);
    }

    private String answered() throws InterruptedException {
        Msg msg = answers.poll(20, TimeUnit.SECONDS);
        return msg instanceof Msg.LookedUp(Findings.Files(String folder, var _))
                ? folder
                : "" + msg;
    }

    private static Findings files(Inquiry inquiry) {
        return new Findings.Files(((Inquiry.Files) inquiry).folder(), List.of());
    }

    @Test
    void answersInOrder() throws InterruptedException {
        try (LookupDesk desk = desk()) {
            desk.asking(LookupDeskTest::files);
            desk.ask(new Inquiry.Files("a/"));
            desk.ask(new Inquiry.Files("b/"));
            assertThat(answered()).isEqualTo("a/");
            assertThat(answered()).isEqualTo("b/");
        }
    }

    @Test
    void oldestQuestionsGoWhereTooManyWait() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (LookupDesk desk = desk()) {
            desk.asking(inquiry -> {
                begun.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return files(inquiry);
            });
            desk.ask(new Inquiry.Files("first"));
            begun.await();
            for (int i = 1; i <= 20; i++) {
                desk.ask(new Inquiry.Files("" + i));
            }
            goOn.countDown();
            List<String> all = new ArrayList<>();
            while (!all.contains("20")) {
                all.add(answered());
            }
            assertThat(all).hasSize(17).startsWith("first", "5", "6");
        }
    }

    @Test
    void bugIsTold() throws InterruptedException {
        IllegalStateException bug = new IllegalStateException("a planted bug");
        try (LookupDesk desk = desk()) {
            desk.asking(_ -> {
                throw bug;
            });
            desk.ask(new Inquiry.Commands());
            @Nullable Throwable told = crashes.poll(20, TimeUnit.SECONDS);
            assertThat(told).isSameAs(bug);
        }
    }
}
