package dev.simmer.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Procfile and Makefile: files of lines that begin with a name and a colon. */
final class Makefiles {
    private static final Pattern PROCESS = Pattern.compile("([A-Za-z0-9_-]+):\\s*(\\S.*)");

    /** Targets of a rule; {@code :=} and {@code ::=} set variables. */
    private static final Pattern RULE =
            Pattern.compile("([A-Za-z0-9][\\w./ -]*?)\\s*::?(?![:=])(?!\\s*[\\w.]+\\s*[:?+]?=).*");

    private static final Pattern PHONY = Pattern.compile("\\.PHONY\\s*:(.*)");

    private static final Set<String> CHECKS =
            Set.of("build", "test", "check", "lint", "vet", "typecheck", "type-check");

    private static final Set<String> SERVICES = Set.of("dev", "serve", "server", "start", "watch");

    private static final int MOST = 40;

    private Makefiles() {}

    static void procfile(ProjectScan.Collector found) {
        String file = "Procfile";
        for (String line : found.text(file).orElse("").lines().toList()) {
            Matcher process = PROCESS.matcher(line);
            if (!line.startsWith("#") && process.matches()) {
                found.add(
                        FoundTask.service(process.group(1), process.group(2).strip(), file),
                        "proc");
            }
        }
    }

    static void makefile(ProjectScan.Collector found) {
        for (String file : List.of("GNUmakefile", "makefile", "Makefile")) {
            if (found.has(file)) {
                targets(found, file).forEach(target -> found.add(task(target, file), ""));
                return;
            }
        }
    }

    private static FoundTask task(String target, String file) {
        String run = "make " + target;
        if (SERVICES.contains(target)) {
            return FoundTask.service(target, run, file).onDemand();
        }
        FoundTask job = FoundTask.job(target, run, file);
        return CHECKS.contains(target) ? job : job.onDemand();
    }

    /**
     * Targets that are no files: those that the file says so of, and those by a usual name for a
     * chore, which many files forget to list. Where it says so of none, all that look like words.
     */
    private static Set<String> targets(ProjectScan.Collector found, String file) {
        Set<String> phony = new LinkedHashSet<>();
        Set<String> all = new LinkedHashSet<>();
        String joined = found.text(file).orElse("").replace("\\\n", " ");
        for (String line : joined.lines().toList()) {
            Matcher declared = PHONY.matcher(line);
            Matcher rule = RULE.matcher(line);
            if (declared.matches()) {
                phony.addAll(List.of(declared.group(1).strip().split("\\s+")));
            } else if (rule.matches()) {
                all.addAll(List.of(rule.group(1).strip().split("\\s+")));
            }
        }
        Set<String> kept = new LinkedHashSet<>();
        for (String target : all) {
            if (target.contains("/") || target.contains(".")) {
                continue;
            }
            boolean usual = CHECKS.contains(target) || SERVICES.contains(target);
            boolean there = found.has(target) || found.hasFolder(target);
            if (!phony.isEmpty() && !phony.contains(target) && (there || !usual)) {
                found.leaveOut(target, file, "it makes a file, as .PHONY does not list it");
            } else if (kept.size() < MOST) {
                kept.add(target);
            } else {
                found.leaveOut(target, file, "there are more than " + MOST + " targets");
            }
        }
        return kept;
    }
}
