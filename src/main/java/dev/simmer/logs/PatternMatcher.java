package dev.simmer.logs;

/**
 * Decodes each line and tries an expression on its text.
 *
 * @param pattern what a line must hold
 * @param canMatch false where nothing is looked for
 */
record PatternMatcher(GuardedPattern pattern, boolean canMatch) implements LogSearch.LineMatcher {
    @Override
    public int find(byte[] bytes, int from, int to, boolean forward) {
        if (!canMatch) {
            return -1;
        }
        int at = forward ? from : to;
        while (forward ? at < to : at > from) {
            int start;
            int end;
            if (forward) {
                start = at;
                int lineBreak = Newlines.first(bytes, start, to);
                end = lineBreak < 0 ? to : lineBreak;
                at = end + 1;
            } else {
                start = Math.max(from, Newlines.last(bytes, from, at - 1) + 1);
                end = at;
                at = start;
            }
            if (matches(bytes, start, end)) {
                return start;
            }
        }
        return -1;
    }

    private boolean matches(byte[] bytes, int start, int end) {
        int cut = Math.min(end, start + LogFile.MAX_LINE);
        return pattern.find(TerminalText.line(bytes, start, cut).text());
    }

    @Override
    public boolean inPiece(byte[] bytes, int count, boolean first) {
        return first && canMatch && matches(bytes, 0, count);
    }

    @Override
    public int overlap() {
        return 0;
    }
}
