package dev.simmer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The completion scripts in real shells; a stand-in answers for simmer. */
class CompletionTest {
    @TempDir Path folder;

    @BeforeEach
    void standIn() throws IOException {
        Path simmer =
                Files.writeString(
                        folder.resolve("simmer"),
                        """
                        #!/bin/sh
                        case "$1 $2" in
                        "__complete tasks") printf 'dev\\trunning\\ntest:unit\\tsucceeded\\n7\\tdev\\n' ;;
                        "__complete targets") printf 'dev\\tservice\\nlint all\\tgroup\\n' ;;
                        "__complete sessions") printf 'login\\n' ;;
                        esac
                        """);
        Files.setPosixFilePermissions(simmer, PosixFilePermissions.fromString("rwx------"));
        Files.createFile(folder.resolve("ci.yaml"));
        Files.createDirectory(folder.resolve("sub dir"));
    }

    private String script(String shell) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Surroundings around =
                new Surroundings(folder, Map.of("SIMMER_HOME", "home"), out, out, false, false);
        assertThat(Main.run(List.of("completion", shell), around)).isZero();
        return out.toString(UTF_8);
    }

    private List<String> shell(String... argv) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(argv).directory(folder.toFile());
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        builder.environment().put("HOME", folder.toString());
        Path output = folder.resolve("output.txt");
        Process process =
                builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return Files.readAllLines(output);
    }

    private static boolean installed(String shell) {
        for (String each : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(each, shell))) {
                return true;
            }
        }
        return false;
    }

    /** What bash offers for a line. */
    private List<String> bash(String line) throws Exception {
        Files.writeString(folder.resolve("script"), script("bash"));
        return shell(
                "bash",
                "--norc",
                "-uc",
                """
                source ./script
                COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:'
                COMP_LINE=$1 COMP_POINT=${#1} COMPREPLY=()
                _simmer
                ((${#COMPREPLY[@]} == 0)) || printf '%s\\n' "${COMPREPLY[@]}"
                """,
                "bash",
                line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    simmer lis               | list
                    simmer kill d            | dev
                    simmer kill test:u       | unit
                    simmer kill dev 7        | 7
                    simmer kill --al         | --all
                    simmer wait --any te     | test:unit
                    simmer de                | dev
                    simmer up lint           | lint\\ all
                    simmer check -f ci       | ci.yaml
                    simmer run --cwd su      | sub dir
                    simmer run --kind s      | service
                    simmer run --after de    | dev
                    simmer --resume lo       | login
                    simmer --headless --outp | --output
                    simmer --output q        | quiet
                    simmer completion z      | zsh
                    simmer supervisor stat   | status
                    simmer ls --js           | --json
                    A=b simmer kill d        | dev
                    """)
    void bashCompletes(String line, String word) throws Exception {
        assertThat(bash(line)).containsExactly(word);
    }

    @Test
    void bashOffersEveryCommandAndTarget() throws Exception {
        List<String> offered = bash("simmer ");

        assertThat(offered).containsAll(Main.COMMANDS).contains("dev").doesNotContain("__complete");
        assertThat(bash("simmer kill ")).containsExactly("dev", "test:unit", "7");
        assertThat(bash("simmer run -- tru")).contains("true");
        assertThat(bash("simmer --timeout 1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void scriptIsInTheShellsLanguageAndKnowsEveryOption(String shell) throws Exception {
        String script = script(shell);

        assertThat(script).doesNotContain("\t");
        for (Completed verb : CompletionCommand.verbs()) {
            for (Option option : verb.options()) {
                String name = option.name();
                assertThat(script)
                        .contains(shell.equals("fish") ? " -l " + name.substring(2) : name);
            }
        }
        if (installed(shell)) {
            Files.writeString(folder.resolve("script"), script);
            assertThat(shell(shell, "-n", "script")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    simmer lis               | list
                    simmer kill d            | dev
                    simmer kill test:u       | test:unit
                    simmer kill --al         | --all
                    simmer de                | dev
                    simmer run --kind s      | service
                    simmer --resume lo       | login
                    simmer check -f ci       | ci.yaml
                    simmer supervisor stat   | status
                    simmer ls --js           | --json
                    """)
    void fishCompletes(String line, String word) throws Exception {
        assumeTrue(installed("fish"), "fish is not installed");
        Files.writeString(folder.resolve("script"), script("fish"));

        List<String> offered = new ArrayList<>();
        for (String each :
                shell("fish", "--no-config", "-c", "source script; complete -C '" + line + "'")) {
            offered.add(each.split("\t", -1)[0]);
        }

        assertThat(offered).containsExactly(word);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    simmer lis               | simmer list
                    simmer kill d            | simmer kill dev
                    simmer kill test:u       | simmer kill test:unit
                    simmer kill --al         | simmer kill --all
                    simmer run --kind s      | simmer run --kind service
                    simmer --resume lo       | simmer --resume login
                    simmer check -f ci       | simmer check -f ci.yaml
                    simmer supervisor stat   | simmer supervisor status
                    """)
    void zshCompletes(String line, String whole) throws Exception {
        assumeTrue(installed("zsh"), "zsh is not installed");
        Files.writeString(folder.resolve("script"), script("zsh"));

        List<String> shown =
                shell(
                        "zsh",
                        "-f",
                        "-c",
                        """
                        zmodload zsh/zpty
                        zpty shell zsh -f -i
                        zpty -w shell 'PS1= ; autoload -U compinit; compinit -u; source ./script'
                        zpty -w shell 'show() { print -r -- "<<$BUFFER>>"; zle -R; exit }; zle -N show; bindkey "^X" show; print -r READY'
                        zpty -r shell got '*READY*READY*'
                        zpty -w -n shell "$1"$'\\t'$'\\x18'
                        zpty -r shell got '*>>*'
                        print -r -- "$got"
                        zpty -d shell
                        """,
                        "zsh",
                        line);

        assertThat(String.join("\n", shown)).containsPattern("<<" + whole + " ?>>");
    }

    @Test
    void verbsForTheLauncherAreThoseThatThereAre() {
        assertThat(Verbs.words()).contains("ls", "tasks", "init", "__complete", "help");
        for (String word : Verbs.words()) {
            assertThat(word.equals("help") || Verbs.named(word).isPresent()).as(word).isTrue();
        }
    }
}
