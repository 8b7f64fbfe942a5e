package dev.simmer.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryGroupTest {
    private static final String FIRST =
            "30 25 0:26 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory";
    private static final String SECOND = "31 25 0:27 / /sys/fs/cgroup/unified rw - cgroup2 cg rw";

    private static List<Path> folders(List<String> groups, String... mounts) {
        return MemoryGroup.of(groups, List.of(mounts)).stream().map(MemoryGroup::folder).toList();
    }

    @Test
    void bothVersionsInTheOrderOfTheKernel() {
        assertThat(folders(List.of("4:memory:/a/b", "3:cpu:/c", "0::/d"), SECOND, FIRST))
                .containsExactly(
                        Path.of("/sys/fs/cgroup/memory/a/b"), Path.of("/sys/fs/cgroup/unified/d"));
    }

    @Test
    void topmostGroupIsTheMountPoint() {
        assertThat(folders(List.of("0::/"), SECOND))
                .containsExactly(Path.of("/sys/fs/cgroup/unified"));
    }

    @Test
    void containerSeesItsGroupFromWithin() {
        String within = "31 25 0:27 /pod/x /sys/fs/cgroup rw - cgroup2 cg rw";
        assertThat(folders(List.of("0::/pod/x/y"), within))
                .containsExactly(Path.of("/sys/fs/cgroup/y"));
        assertThat(folders(List.of("0::/pod/xy"), within))
                .containsExactly(Path.of("/sys/fs/cgroup"));
    }

    @Test
    void namesAreUnescaped() {
        String odd = "31 25 0:27 /a\\040b /mnt/c\\134d rw - cgroup2 cg rw";
        assertThat(folders(List.of("0::/a b/e"), odd)).containsExactly(Path.of("/mnt/c\\d/e"));
    }

    @Test
    void whatIsNotMountedOrBrokenIsLeftOut() {
        assertThat(folders(List.of("4:memory:/a", "nonsense", "0::/b"), "no line", FIRST))
                .containsExactly(Path.of("/sys/fs/cgroup/memory/a"));
    }
}
