const escape = text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Word substitution: every whole word, wherever it stands. */
export function substitute(text, pairs) {
  return pairs.reduce(
    (out, [from, to]) =>
      out.replace(
        new RegExp(`(?<![A-Za-z0-9_])${escape(from)}(?![A-Za-z0-9_])`, 'g'),
        () => to,
      ),
    text,
  );
}

/** The pairs of a case and every other name that its mapping tables rename, as words. */
export function allPairs(given, tables) {
  const pairs = new Map(given);
  const add = (from, to) => {
    if (to !== undefined && from !== to && !/[*(]/.test(from + to)) {
      pairs.set(from, pairs.get(from) ?? to);
    }
  };
  for (const table of tables) {
    for (const kind of ['models', 'variables', 'macros', 'functions']) {
      (table[kind] ?? []).forEach(({ from, to }) => add(from, to));
    }
    for (const { from, to } of table.sources ?? []) {
      add(from.replace(/\.\*$/, ''), to.replace(/\.\*$/, ''));
    }
    table.columns.forEach(({ from, to }) => add(from, to));
  }
  return [...pairs];
}
