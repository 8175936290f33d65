/** Chance that comes out the same for the same seed. */
export type Random = {
  /** From 0 on and below 1. */
  next(): number;
  /** From `from` on and below `to`. */
  between(from: number, to: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** One of the items, each as often as its weight says. */
  weighted<Item>(items: readonly (readonly [Item, number])[]): Item;
  /** Another such chance, whatever becomes of this one. */
  fork(): Random;
};

/** A linear congruential generator over 32 bits, mixed so that neighbouring seeds have nothing in common. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const draw = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 16), 0x45d9f3b);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  const next = () => draw() / 2 ** 32;
  const weighted = <Item>(items: readonly (readonly [Item, number])[]): Item => {
    let left = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [item, weight] of items) {
      left -= weight;
      if (left < 0) return item;
    }
    throw new RangeError('nothing to choose from, expected items with weights above 0');
  };
  return {
    next,
    between: (from, to) => from + next() * (to - from),
    pick: (items) => weighted(items.map((item) => [item, 1] as const)),
    weighted,
    fork: () => seededRandom(draw()),
  };
}
