/** Writes dist/: the sources without comments, under names that carry a hash, and a manifest. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";

rmSync("dist", { recursive: true, force: true });
mkdirSync("dist");
const manifest = {};
for (const name of readdirSync("src").sort()) {
  const text = readFileSync(`src/${name}`, "utf8").replace(/\/\*\*[\s\S]*?\*\/\n?/g, "");
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 8);
  const target = name.replace(/\.mjs$/, `.${hash}.mjs`);
  writeFileSync(`dist/${target}`, text);
  manifest[name] = target;
  console.log(`dist/${target} ${text.length} bytes`);
}
writeFileSync("dist/manifest.json", JSON.stringify(manifest, null, 2) + "\n");
console.log(`built ${Object.keys(manifest).length} modules`);
