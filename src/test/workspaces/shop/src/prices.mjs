/** Prices are whole cents, so that sums are exact. */

export const CATALOGUE = Object.freeze([
  { id: "pot", name: "Stock pot", cents: 4990 },
  { id: "ladle", name: "Ladle", cents: 1250 },
  { id: "lid", name: "Lid", cents: 890 },
]);

export function findItem(id) {
  return CATALOGUE.find((item) => item.id === id);
}

/** The sum of a basket: a map from item id to count. */
export function total(basket) {
  let cents = 0;
  for (const [id, count] of Object.entries(basket)) {
    const item = findItem(id);
    if (!item) {
      throw new RangeError(`no such item: ${id}`);
    }
    if (!Number.isInteger(count) || count < 0) {
      throw new RangeError(`${count} is no count for ${id}`);
    }
    cents += item.cents * count;
  }
  return cents;
}

export function format(cents) {
  const whole = Math.trunc(cents / 100);
  return `${whole}.${String(cents % 100).padStart(2, "0")}`;
}
