/** Talks to the dev server, which must be running in this workspace. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const shop = readFileSync(".dev-url", "utf8").trim();

async function get(path) {
  const response = await fetch(shop + path);
  return [response.status, await response.json()];
}

test("it is healthy", async () => {
  assert.deepEqual(await get("/health"), [200, { ok: true }]);
});

test("it lists its items", async () => {
  const [status, items] = await get("/items");
  assert.equal(status, 200);
  assert.equal(items.length, 3);
});

test("it adds up a basket", async () => {
  assert.deepEqual(await get("/total?pot=1&ladle=2"), [200, { total: "74.90" }]);
});

test("it refuses what it does not sell", async () => {
  const [status, body] = await get("/total?wok=1");
  assert.equal(status, 400);
  assert.match(body.error, /wok/);
});
