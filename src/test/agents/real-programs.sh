#!/bin/sh
# Runs the coding-agent programs that are installed against a model server on loopback, to see that
# what Simmer compiles for them is taken by them. Says which it skips. Needs no key and no network.
#
#   src/test/agents/real-programs.sh            run the tests
#   src/test/agents/real-programs.sh --list     say only which programs there are
#
# Install them with: npm install -g @anthropic-ai/claude-code @openai/codex @google/gemini-cli opencode-ai
set -eu
cd "$(dirname "$0")/../../.."

found=0
for program in claude codex gemini opencode; do
    if path=$(command -v "$program"); then
        version=$("$program" --version 2>/dev/null </dev/null | head -n 1) || version=unknown
        echo "$program: $path ($version)"
        found=$((found + 1))
    else
        echo "$program: skipped, it is not installed"
    fi
done
echo "cursor-agent: skipped, it cannot be pointed at another model server"

if [ "$found" -eq 0 ]; then
    echo "nothing to test: no program is installed"
    exit 0
fi
[ "${1:-}" != --list ] || exit 0
exec mvn -q -B -ntp test -Dtest='RealProgramsTest,RealAgentsTest' -Dsimmer.real-programs=true
