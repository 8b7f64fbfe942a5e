package dev.simmer.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorLinesTest {
    private static final String TOLD =
            """
            error: cannot find symbol
            Error: listen EADDRINUSE: address already in use :::3000
            ERROR Failed to compile
            ERROR
            [ERROR] Failed to execute goal
            2026-11-21T12:00:00Z ERROR c.x.Main - it broke
            2026-11-21 12:00:00,123 [main] ERROR c.x.Main - it broke
            12:00:01.2 ERROR: boom
            12:00:01.2 FATAL: boom
            level=error msg="it broke"
            {"level":"error","msg":"it broke"}
            {"level":"fatal","msg":"errors: 0"}
            <error> it broke
            src/cart/total.ts:12:5: error: no such thing
            src/cart/total.ts:12:5 - error TS2345: Argument of type
            src/cart/total.ts(12,5): error TS2345: Argument of type
            main.c:3:1: fatal error: x.h: No such file or directory
            error[E0308]: mismatched types
            error TS6053: File not found
            Main.java:3: error: ';' expected
            An error occurred
            there was an error while reading
            Build failed with 2 errors
            Found 3 errors in 2 files.
            1 error
            ✖ 4 problems (2 errors, 2 warnings)
            ✗ adds a row
            ✘ adds a row
            ❌ build
            TypeError: undefined is not a function
            Uncaught ReferenceError: x is not defined
            java.lang.OutOfMemoryError: Java heap space
            ValueError: invalid literal
            java.lang.IllegalStateException: closed
            Caused by: java.io.IOException: gone
            Exception in thread "main" java.lang.NullPointerException
            Unhandled exception: x
            Traceback (most recent call last):
            panic: runtime error: index out of range
            thread 'main' panicked at src/main.rs:2:5:
            Kernel panic - not syncing
            FAIL src/cart/total.test.ts
            --- FAIL: TestTotal (0.00s)
            FAILED tests/test_cart.py::test_total - assert 1 == 2
            test total ... FAILED
            make: *** [Makefile:3: all] Error 1
            Failed to connect to db
            Tests: 1 failed, 12 passed, 13 total
            2 failed, 3 passed in 0.12s
            3 tests failed
            BUILD FAILURE
            [INFO] BUILD FAILURE
            Tests run: 3, Failures: 1, Errors: 0, Skipped: 0
            not ok 3 - adds a row
            npm ERR! code ELIFECYCLE
            npm error code ENOENT
            fatal: not a git repository
            bash: line 1: foo: command not found
            ls: cannot access 'x': No such file or directory
            git@host: Permission denied (publickey).
            Segmentation fault (core dumped)
            UnhandledPromiseRejectionWarning: Unhandled promise rejection
            error Command failed with exit code 1.
            error - ./pages/index.js
            Error!
            error
            CRITICAL: disk is full
            SEVERE: it broke
            """;

    private static final String NOT_TOLD =
            """
            0 errors
            0 errors, 0 warnings
            no errors
            no error found
            Found 0 errors. Watching for file changes.
            errors: 0
            error: 0
            error=null
            "error": null,
            "errors":0
            finished without errors
            Tests: 0 failed, 12 passed
            12 passed, 0 failed
            Failures: 0
            Tests run: 3, Failures: 0, Errors: 0, Skipped: 0
            test result: ok. 3 passed; 0 failed; 0 ignored
            # FAIL: 0
            0 tests failed
            no failures
            compiling src/error.ts
            compiling errors.go
            src/errors/index.ts
            import { HttpError } from './errors'
            gcc -Werror -Wall -c main.c
            --fail-on-error
            --continue-on-error
            [INFO] error pages are at /errors
            INFO handling error responses
            12:00:00 INFO  no error: all well
            WARN error while reading, trying again
            warning: unused import
            2026-11-21T12:00:00Z DEBUG error=3 retried
            level=info msg="error: 3"
            {"level":"info","error":"ENOENT"}
            { "level": "warn", "msg": "failed to connect" }
            ErrorBoundary rendered
            error-handler registered
            class ErrorHandler extends Handler
            mirror: http://deb
            throws IOException
            throw new IOException("x")
            at com.x.ExceptionMapper.map(ExceptionMapper.java:3)
            catch (Exception e)
            non-fatal, going on
            panic=abort
            failover is ready
            maven-failsafe-plugin
            retry if failed
            mean absolute error
            the error is small
            ✓ shows an error page
            PASS src/error.test.ts
            GET /errors 200
            terror
            stderr
            200 OK
            ✖ 0 problems
            """;

    static List<String> told() {
        return TOLD.lines().toList();
    }

    static List<String> notTold() {
        return NOT_TOLD.lines().toList();
    }

    private static StyledLine styled(String line) {
        byte[] bytes = line.getBytes(UTF_8);
        return TerminalText.line(bytes, 0, bytes.length);
    }

    @ParameterizedTest
    @MethodSource("told")
    void tells(String line) {
        assertThat(ErrorLines.is(line)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("notTold")
    void tellsOfNone(String line) {
        assertThat(ErrorLines.is(line)).isFalse();
    }

    @Test
    void redFromEndToEndTells() {
        assertThat(ErrorLines.is(styled("\u001b[31mit broke\u001b[0m"))).isTrue();
        assertThat(ErrorLines.is(styled("  \u001b[1;91mit\u001b[0m \u001b[38;5;196mbroke")))
                .isTrue();
        assertThat(ErrorLines.is(styled("\u001b[38;2;220;20;60mit broke"))).isTrue();
        assertThat(ErrorLines.is(styled("\u001b[31m- the old line"))).isFalse();
        assertThat(ErrorLines.is(styled("a \u001b[31mword\u001b[0m in red"))).isFalse();
        assertThat(ErrorLines.is(styled("\u001b[32mall well"))).isFalse();
        assertThat(ErrorLines.is(styled("\u001b[31m×"))).isFalse();
    }

    @Test
    void searchComesToEachErrorFromBothSides(@TempDir Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            lines.add(notTold().get(i % notTold().size()));
            lines.add(told().get(i));
            lines.add(i % 3 == 0 ? "\u001b[1;31mit broke\u001b[0m" : "\u001b[32mwell".repeat(i));
        }
        StringBuilder text = new StringBuilder();
        List<Long> expected = new ArrayList<>();
        long length = 0;
        for (int i = 0; i < 40; i++) {
            for (String line : lines) {
                if (ErrorLines.is(styled(line))) {
                    expected.add(length);
                }
                text.append(line).append('\n');
                length += line.getBytes(UTF_8).length + 1;
            }
        }
        Path path = Files.writeString(folder.resolve("output.log"), text);
        try (LogFile file = LogFile.open(path)) {
            LogSearch search = LogSearch.errors();
            assertThat(search.hits(file, 100_000, Long.MAX_VALUE, () -> false))
                    .isEqualTo(new LogSearch.Hits(expected, false));
            for (int i = 1; i < expected.size(); i += 17) {
                long at = expected.get(i);
                LogSearch.Result before = new LogSearch.Result.Found(expected.get(i - 1));
                assertThat(search.backward(file, at, () -> false)).isEqualTo(before);
                LogSearch.Result same = new LogSearch.Result.Found(at);
                long after = file.lineEnd(expected.get(i - 1));
                assertThat(search.forward(file, after, () -> false)).isEqualTo(same);
            }
        }
    }
}
