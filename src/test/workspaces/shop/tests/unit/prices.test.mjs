import assert from "node:assert/strict";
import { test } from "node:test";
import { CATALOGUE, findItem, format, total } from "../../src/prices.mjs";

test("a basket's total is exact", () => {
  assert.equal(total({ pot: 2, lid: 1 }), 10870);
  assert.equal(total({}), 0);
});

test("an unknown item and a bad count are refused", () => {
  assert.throws(() => total({ wok: 1 }), /no such item: wok/);
  assert.throws(() => total({ pot: -1 }), RangeError);
});

test("cents are shown with two places", () => {
  assert.equal(format(890), "8.90");
  assert.equal(format(5), "0.05");
});

test("ids are unique", () => {
  assert.equal(new Set(CATALOGUE.map((item) => item.id)).size, CATALOGUE.length);
  assert.equal(findItem("ladle").name, "Ladle");
});
