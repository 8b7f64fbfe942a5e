package dev.simmer.process;

import dev.simmer.engine.ports.Usage;
import dev.simmer.engine.ports.UsageSample;
import dev.simmer.model.AttemptId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What attempts use, from one pass over /proc. A process is an attempt's when it carries its {@link
 * Marker}, which one cheap call tells, or is in its main process's session; only for those is
 * anything read. What has stripped off both is found when the attempt is stopped, but not counted
 * here.
 *
 * <p>Processor time is that of the processes that live and of the children that they have waited
 * for, so that a build of many short compilers is seen; what was counted of a child while it lived
 * is taken off when its parent has it. Where nobody of the attempt waits for a child (it was
 * re-parented), the time that the living have spent themselves is the lower bound, so that a share
 * is never negative.
 *
 * <p>The peak between two looks comes from what the kernel keeps of each process ({@link TreeUse}),
 * and pages that the processes of a large tree share are counted once ({@link SharedPages}). What
 * began and ended between two looks is not seen here at all; of that the kernel tells at the
 * attempt's end ({@link AttemptMemory}).
 */
public final class ProcfsUsage implements Usage, AutoCloseable {
    private long pageBytes;
    private long ownCode;
    private long ownStack;
    private final LongSupplier nanoTime;
    private @Nullable Hands hands;
    private final SharedPages shared;
    private final Map<AttemptId, Tree> trees = new HashMap<>();

    /** Looks at nothing before the first sample. */
    public ProcfsUsage() {
        this(System::nanoTime);
    }

    ProcfsUsage(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.shared = new SharedPages(nanoTime);
    }

    private static final class Tree {
        private final long marker;
        private final RunFolder folder;
        private final TreeUse use = new TreeUse();
        private Optional<Shim.Ids> ids = Optional.empty();

        private Tree(Path folder) {
            this.marker = Marker.of(folder);
            this.folder = new RunFolder(folder);
        }
    }

    @Override
    public Map<AttemptId, UsageSample> sample(Map<AttemptId, Path> attempts) {
        if (attempts.isEmpty()) {
            trees.clear();
            return Map.of();
        }
        Hands with = hands;
        if (with == null) {
            with = new Hands();
            hands = with;
            pageBytes = with.posix.pageBytes();
            if (with.procfs.stat((int) ProcessHandle.current().pid())) {
                ownCode = with.procfs.startCode;
                ownStack = with.procfs.startStack;
            }
        }
        trees.keySet().retainAll(attempts.keySet());
        Map<Long, Tree> byMarker = new HashMap<>();
        Map<Integer, Tree> bySession = new HashMap<>();
        attempts.forEach((id, folder) -> prepare(id, folder, byMarker, bySession));
        long nanos = nanoTime.getAsLong();
        int count = with.procfs.list();
        for (int i = 0; i < count; i++) {
            int pid = with.procfs.pid(i);
            Tree tree = byMarker.get(with.posix.softRealTimeLimit(pid));
            if (tree == null) {
                tree = bySession.get(with.posix.getsid(pid));
            }
            if (tree != null) {
                add(tree, pid, with.procfs);
            }
        }
        Map<AttemptId, UsageSample> samples = new TreeMap<>();
        shared.look(trees.values().stream().map(tree -> tree.use).toList(), with.procfs);
        for (Map.Entry<AttemptId, Tree> entry : trees.entrySet()) {
            Tree tree = entry.getValue();
            if (tree.use.any()) {
                long mainPid = tree.ids.map(Shim.Ids::pid).orElse(0);
                samples.put(entry.getKey(), tree.use.sample(mainPid, nanos));
            } else {
                tree.use.forget();
            }
        }
        return new LinkedHashMap<>(samples);
    }

    private void prepare(
            AttemptId id, Path folder, Map<Long, Tree> byMarker, Map<Integer, Tree> bySession) {
        Tree tree = trees.computeIfAbsent(id, _ -> new Tree(folder));
        Hands with = hands;
        if (tree.ids.isEmpty() && with != null) {
            tree.ids = tree.folder.ids(with.posix);
        }
        tree.use.begin();
        byMarker.put(tree.marker, tree);
        tree.ids.ifPresent(ids -> bySession.put(ids.pid(), tree));
    }

    /**
     * Whether the process that was looked at is this one, which carries the marker while it starts
     * an attempt, or still has this one's memory, between a vfork and its exec: all of that would
     * be counted as the attempt's. Programs lie at random addresses, so that no other has both.
     */
    private boolean ours(Procfs procfs) {
        return procfs.startStack != 0
                && procfs.startStack == ownStack
                && procfs.startCode == ownCode;
    }

    private void add(Tree tree, int pid, Procfs procfs) {
        if (!procfs.stat(pid) || procfs.dead() || ours(procfs)) {
            return;
        }
        if (tree.ids.isPresent()
                && (pid == tree.ids.get().shim()
                        || procfs.startTicks < tree.ids.get().startTicks())) {
            return;
        }
        tree.use.add(pid, pageBytes, procfs);
    }

    /** Lets go of /proc. */
    @Override
    public void close() {
        if (hands != null) {
            hands.close();
            hands = null;
        }
    }
}
