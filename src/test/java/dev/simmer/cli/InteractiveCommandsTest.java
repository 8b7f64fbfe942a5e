package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.Command;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which commands are refused, and above all which are not. */
class InteractiveCommandsTest {
    private static boolean refused(String line) {
        return InteractiveCommands.refusal(new Command.Shell(line)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "npm init",
                "cd app && npm init",
                "vim notes.txt",
                "/usr/bin/vim notes.txt",
                "nano x",
                "EDITOR=vim nano x",
                "less build.log",
                "make 2>&1 | less",
                "make | tee log | less -R",
                "man ls",
                "ssh host",
                "ssh -p 2222 -i key me@host",
                "ssh -tt host",
                "python",
                "python3 -i",
                "python3 -W ignore",
                "node",
                "node -r dotenv/config",
                "irb",
                "psql",
                "psql -h db -U me shop",
                "psql postgres://db/shop",
                "mysql shop",
                "sqlite3 shop.db",
                "top",
                "htop -u me",
                "git rebase -i HEAD~3",
                "git -C web rebase --interactive main",
                "git commit",
                "git commit -a --amend",
                "git add -p",
                "git add src --patch",
                "docker run -it alpine",
                "docker run --rm -i -t -v /a:/b alpine sh",
                "docker exec -ti web bash",
                "kubectl -n shop exec -it web -- sh",
                "bash",
                "bash -l",
                "sh -c 'vim notes'",
                "bash -lc \"cd web && npm init\"",
                "npx vim x",
                "env -u FOO A=b vim x",
                "sudo -u me vim /etc/hosts",
                "sudo -i",
                "nice -n 5 top",
                "timeout -s KILL 10 top",
                "nohup htop",
                "if true; then vim x; fi",
                "for f in a b; do vim $f; done",
                "(cd x; vim y)",
                "true || vim x",
                "A=1 B='two words' top",
                "exec python",
                "poetry run python",
                "crontab -e",
                "tmux attach -t x",
                "watch ls",
                "poetry init",
                "kubectl edit deployment web",
            })
    void waitsForSomebody(String line) {
        assertThat(InteractiveCommands.refusal(new Command.Shell(line)))
                .get()
                .asString()
                .contains("wait for somebody at a terminal");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "npm init -y",
                "npm init vite@latest web -- --template vue",
                "npm test",
                "npm run vim",
                "echo vim",
                "echo 'run vim; top'",
                "grep -r less src",
                "python script.py",
                "python -m http.server",
                "python3 -um pytest",
                "python -c 'print(1)'",
                "python3 - <<EOF\nimport top\nvim x\nEOF",
                "python3 <<'EOF'\nprint(1)\nEOF",
                "echo 'print(1)' | python3",
                "python3 < script.py",
                "node x.js",
                "node -e 1",
                "node --test",
                "ssh host uptime",
                "ssh -p 22 -o BatchMode=yes me@host 'make -j4'",
                "ssh -N -L 5432:db:5432 host",
                "ssh -fNL 1:b:1 host",
                "tar c . | ssh host",
                "vim -es -c '%s/a/b/' -c wq x",
                "nvim --headless +qa",
                "emacs --batch -l x.el",
                "psql -c 'select 1'",
                "psql -f dump.sql shop",
                "psql --command='select 1'",
                "psql shop < dump.sql",
                "mysql -e 'select 1' shop",
                "mysql -uroot shop < dump.sql",
                "sqlite3 shop.db 'select 1'",
                "man ls | col -b",
                "less x | head",
                "less x > y",
                "top -b -n 1",
                "top -bn1",
                "git commit -m x",
                "git commit -am 'work on less'",
                "git commit --amend --no-edit",
                "git commit -m -p",
                "git commit -mpatch",
                "git commit -F message",
                "GIT_EDITOR=true git commit --amend",
                "GIT_SEQUENCE_EDITOR=: git rebase -i HEAD~3",
                "git rebase main",
                "git add -A",
                "git log -p",
                "git -C x status",
                "docker run --rm alpine ls -it",
                "docker run -d -it alpine",
                "docker run -i alpine cat",
                "docker compose up",
                "kubectl exec web -- ls",
                "bash script.sh",
                "bash -c 'make'",
                "sh -ec 'make'",
                "bash -s < setup.sh",
                "curl -fsSL https://example.org/x.sh | bash",
                "sudo apt-get install -y vim",
                "sudo make install",
                "npx eslint .",
                "npx -y create-thing",
                "env",
                "env A=b make",
                "timeout 10 make",
                "sleep 10 # vim",
                "test -f vim && echo less",
                "ls $(which vim)",
                "redis-cli ping",
                "redis-cli -h db get x",
                "crontab -l",
                "tmux new-session -d -s x",
                "mc ls play/bucket",
                "",
                "'",
                "\"",
                "|",
                "a <<",
                "$(",
                "a \\",
            })
    void isFine(String line) {
        boolean refused = line.isBlank() ? false : refused(line);
        assertThat(refused).as(line).isFalse();
    }

    @Test
    void programAndArgumentsAreNotReadByAShell() {
        assertThat(InteractiveCommands.refusal(new Command.Exec(List.of("vim", "x")))).isPresent();
        assertThat(InteractiveCommands.refusal(new Command.Exec(List.of("echo", ";", "vim"))))
                .isEmpty();
        assertThat(
                        InteractiveCommands.refusal(
                                new Command.Exec(List.of("bash", "-lc", "cd x && top"))))
                .isPresent();
    }

    @Test
    void everyRuleOfTheTableCanBeReadAndNoneStandsTwice() {
        Set<String> seen = new HashSet<>();
        for (String line : InteractiveCommands.table()) {
            assertThat(InteractiveRule.parse(line).what()).isNotBlank();
            assertThat(seen.add(line)).as(line).isTrue();
        }
        assertThat(seen).hasSizeGreaterThan(150);
    }
}
