package dev.simmer.agent.report;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** What an exception of the file system means, in words. */
final class Words {
    private Words() {}

    /** What a user may do about it, where a file could not be written. */
    static String cure(IOException problem) {
        String what = of(problem).toLowerCase(Locale.ROOT);
        if (what.contains("no space left") || what.contains("quota")) {
            return "make room on its disk";
        }
        if (what.contains("read-only")) {
            return "make its file system writable";
        }
        if (what.contains("too long")) {
            return "give it a shorter name";
        }
        return "see to it that its folder is there and may be written";
    }

    static String of(IOException problem) {
        return switch (problem) {
            case NoSuchFileException _ -> "it does not exist";
            case AccessDeniedException _ -> "permission denied";
            case NotDirectoryException _ -> "a part of its path is no folder";
            case FileSystemLoopException _ -> "its links go in a circle";
            case FileSystemException file ->
                    Clean.line(file.getReason() == null ? "it cannot be used" : file.getReason());
            default -> Clean.line(String.valueOf(problem.getMessage()));
        };
    }
}
