package dev.simmer.supervisor;

import java.util.ArrayList;
import java.util.List;

/** Orders versions such as {@code 1.10.0}. */
final class Versions {
    private Versions() {}

    /**
     * Whether the first is older than the second: by their numbers from left to right, a missing
     * one being 0. What follows a character other than digits and dots does not count.
     */
    static boolean older(String first, String second) {
        List<Long> one = numbers(first);
        List<Long> two = numbers(second);
        for (int i = 0; i < Math.max(one.size(), two.size()); i++) {
            long a = i < one.size() ? one.get(i) : 0;
            long b = i < two.size() ? two.get(i) : 0;
            if (a != b) {
                return a < b;
            }
        }
        return false;
    }

    private static List<Long> numbers(String version) {
        List<Long> numbers = new ArrayList<>();
        long number = 0;
        boolean digits = false;
        for (int i = 0; i < version.length(); i++) {
            char c = version.charAt(i);
            if (c >= '0' && c <= '9') {
                number = Math.min(number * 10 + (c - '0'), Integer.MAX_VALUE);
                digits = true;
            } else if (c == '.' && digits) {
                numbers.add(number);
                number = 0;
                digits = false;
            } else {
                break;
            }
        }
        if (digits) {
            numbers.add(number);
        }
        return numbers;
    }
}
