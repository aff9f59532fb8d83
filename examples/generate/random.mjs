/**
 * A source of repeatable choices (mulberry32): the same seed gives the same
 * choices on every machine.
 */
export function createRandom(seed) {
  let state = seed % 2 ** 32;
  const next = () => {
    state = (state + 0x6d2b79f5) % 2 ** 32;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = n => Math.floor(next() * n);
  return {
    /** True with the given probability. */
    chance: probability => next() < probability,
    /** An integer from 0 to n - 1. */
    below,
    pick: list => list[below(list.length)],
    /** `count` different elements, in the order of the list. */
    sample(list, count) {
      const left = list.map((_, index) => index);
      const taken = [];
      while (taken.length < Math.min(count, list.length)) {
        taken.push(left.splice(below(left.length), 1)[0]);
      }
      return taken.sort((a, b) => a - b).map(index => list[index]);
    },
    /** A key of `weights`, by weight. */
    weighted(weights) {
      const total = Object.values(weights).reduce((a, b) => a + b, 0);
      let rest = next() * total;
      for (const [key, weight] of Object.entries(weights)) {
        rest -= weight;
        if (rest < 0) return key;
      }
      return Object.keys(weights).at(-1);
    },
  };
}
