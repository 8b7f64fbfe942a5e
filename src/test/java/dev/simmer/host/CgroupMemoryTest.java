package dev.simmer.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupMemoryTest {
    private static final String V1 =
            "35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n";
    private static final String V2 = "41 31 0:38 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n";

    @TempDir Path root = Path.of("/");
    private long nanos;
    private CgroupMemory memory = new CgroupMemory(new ControlGroups(root, () -> nanos));

    @BeforeEach
    void begin() {
        memory = new CgroupMemory(new ControlGroups(root, () -> nanos));
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void second(String group, String max, long current, long cache) throws IOException {
        write("sys/fs/cgroup" + group + "/memory.max", max + "\n");
        write("sys/fs/cgroup" + group + "/memory.current", current + "\n");
        write(
                "sys/fs/cgroup" + group + "/memory.stat",
                "anon 1\nfile 2\ninactive_file " + cache + "\n");
    }

    private void first(String group, String limit, long usage, long cache) throws IOException {
        String folder = "sys/fs/cgroup/memory" + group;
        write(folder + "/memory.limit_in_bytes", limit + "\n");
        write(folder + "/memory.usage_in_bytes", usage + "\n");
        write(
                folder + "/memory.stat",
                "inactive_file 7\nhierarchical_memory_limit 1\ntotal_inactive_file "
                        + cache
                        + "\n");
    }

    private Optional<CgroupMemory.Room> room() {
        return memory.room();
    }

    @Test
    void cacheThatCanBeDroppedCountsAsFree() throws IOException {
        write("proc/self/cgroup", "0::/user/app\n");
        write("proc/self/mountinfo", V2);
        second("/user/app", "1000", 700, 200);

        assertThat(room()).contains(new CgroupMemory.Room(1000, 500, 0));
    }

    @Test
    void tightestLevelAboveCounts() throws IOException {
        write("proc/self/cgroup", "0::/user/app/inner\n");
        write("proc/self/mountinfo", V2);
        second("/user/app/inner", "max", 100, 0);
        second("/user/app", "2000", 100, 0);
        second("/user", "3000", 2900, 0);

        assertThat(room()).contains(new CgroupMemory.Room(2000, 100, 0));
    }

    @Test
    void throttlingLimitOfVersionTwoIsALimit() throws IOException {
        write("proc/self/cgroup", "0::/app\n");
        write("proc/self/mountinfo", V2);
        second("/app", "max", 100, 0);
        write("sys/fs/cgroup/app/memory.high", "400\n");

        assertThat(room()).contains(new CgroupMemory.Room(400, 300, 0));
    }

    @Test
    void firstVersionHasALimitOfItsOwn() throws IOException {
        write("proc/self/cgroup", "9:name=systemd:/\n4:cpu,memory:/a/b\n0::/\n");
        write("proc/self/mountinfo", V1);
        first("/a/b", "5000", 1000, 400);
        first("/a", "9223372036854771712", 1000, 0);

        assertThat(room()).contains(new CgroupMemory.Room(5000, 4400, 0));
    }

    @Test
    void largestNumberMeansNoLimit() throws IOException {
        write("proc/self/cgroup", "4:memory:/a\n");
        write("proc/self/mountinfo", V1);
        first("/a", "9223372036854771712", 1000, 0);

        assertThat(room()).isEmpty();
    }

    @Test
    void containerSeesItsGroupAtTheMountPoint() throws IOException {
        write("proc/self/cgroup", "4:memory:/docker/abc\n");
        write("proc/self/mountinfo", V1.replace("0:32 / /sys", "0:32 /docker/abc /sys"));
        first("", "800", 300, 0);

        assertThat(room()).contains(new CgroupMemory.Room(800, 500, 0));
    }

    @Test
    void groupOutsideOfTheMountFallsBackToTheMountPoint() throws IOException {
        write("proc/self/cgroup", "0::/../../elsewhere\n");
        write("proc/self/mountinfo", V2);
        second("", "800", 900, 0);

        assertThat(room()).contains(new CgroupMemory.Room(800, 0, 0));
    }

    @Test
    void mountPointWithASpaceIsFound() throws IOException {
        write("proc/self/cgroup", "0::/app\n");
        write("proc/self/mountinfo", V2.replace("/sys/fs/cgroup", "/sys/fs/c\\040g"));
        write("sys/fs/c g/app/memory.max", "500\n");
        write("sys/fs/c g/app/memory.current", "100\n");

        assertThat(room()).contains(new CgroupMemory.Room(500, 400, 0));
    }

    @Test
    void systemWithoutControlGroupsHasNoLimit() throws IOException {
        assertThat(room()).isEmpty();
        write("proc/self/cgroup", "nonsense\n");
        write("proc/self/mountinfo", "nonsense\n");
        nanos += 2_000_000_000L;
        assertThat(room()).isEmpty();
    }

    @Test
    void swapInUseIsTakenOff() throws IOException {
        write("proc/self/cgroup", "0::/app\n");
        write("proc/self/mountinfo", V2);
        second("/app", "1000", 500, 100);
        write("sys/fs/cgroup/app/memory.swap.current", "250\n");

        assertThat(room()).contains(new CgroupMemory.Room(1000, 350, 250));
    }

    @Test
    void firstVersionCountsMemoryAndSwapTogether() throws IOException {
        write("proc/self/cgroup", "4:memory:/a\n");
        write("proc/self/mountinfo", V1);
        first("/a", "1000", 500, 100);
        write("sys/fs/cgroup/memory/a/memory.memsw.usage_in_bytes", "700\n");

        assertThat(room()).contains(new CgroupMemory.Room(1000, 400, 200));
    }

    @Test
    void swapOfTheTightestLevelIsTold() throws IOException {
        write("proc/self/cgroup", "0::/user/app\n");
        write("proc/self/mountinfo", V2);
        second("/user/app", "5000", 500, 0);
        second("/user", "1000", 500, 0);
        write("sys/fs/cgroup/user/app/memory.swap.current", "3\n");
        write("sys/fs/cgroup/user/memory.swap.current", "4\n");

        assertThat(room()).contains(new CgroupMemory.Room(1000, 496, 4));
    }

    @Test
    void limitThatChangesIsSeenAtOnce() throws IOException {
        write("proc/self/cgroup", "0::/app\n");
        write("proc/self/mountinfo", V2);
        second("/app", "1000", 500, 0);
        assertThat(room()).contains(new CgroupMemory.Room(1000, 500, 0));
        second("/app", "700", 500, 0);
        assertThat(room()).contains(new CgroupMemory.Room(700, 200, 0));
        second("/app", "max", 500, 0);
        assertThat(room()).isEmpty();
    }

    @Test
    void groupThatTheProcessIsMovedToIsFoundSoon() throws IOException {
        write("proc/self/cgroup", "0::/app\n");
        write("proc/self/mountinfo", V2);
        second("/app", "1000", 500, 0);
        second("/other", "800", 100, 0);
        assertThat(room()).contains(new CgroupMemory.Room(1000, 500, 0));

        write("proc/self/cgroup", "0::/other\n");
        nanos += 1_999_999_999L;
        assertThat(room()).contains(new CgroupMemory.Room(1000, 500, 0));
        nanos++;
        assertThat(room()).contains(new CgroupMemory.Room(800, 700, 0));
    }
}
