/**
 * Checks each module below the given folders: it parses, and what it imports from a file of the
 * workspace is exported there.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

function modules(path) {
  if (statSync(path).isDirectory()) {
    return readdirSync(path).sort().flatMap((name) => modules(join(path, name)));
  }
  return path.endsWith(".mjs") ? [path] : [];
}

function exportsOf(file) {
  const text = readFileSync(file, "utf8");
  const names = text.matchAll(/^export\s+(?:async\s+)?(?:const|let|function|class)\s+(\w+)/gm);
  return new Set([...names].map((match) => match[1]));
}

const mistakes = [];
const files = process.argv.slice(2).flatMap(modules);
for (const file of files) {
  const parsed = spawnSync(process.execPath, ["--check", file], { encoding: "utf8" });
  if (parsed.status !== 0) {
    mistakes.push(parsed.stderr.trim());
    continue;
  }
  const imports = readFileSync(file, "utf8").matchAll(/import\s*{([^}]*)}\s*from\s*"(\.[^"]*)"/g);
  for (const [, names, from] of imports) {
    const there = exportsOf(resolve(dirname(file), from));
    for (const name of names.split(",").map((each) => each.trim()).filter(Boolean)) {
      if (!there.has(name)) {
        mistakes.push(`${file}: ${from} exports no ${name}`);
      }
    }
  }
  console.log(`checked ${file}`);
}
mistakes.forEach((mistake) => console.error(mistake));
console.log(`${files.length} modules, ${mistakes.length} mistakes`);
process.exit(mistakes.length === 0 ? 0 : 1);
