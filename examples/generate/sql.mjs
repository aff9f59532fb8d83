const keywords =
  /\b(SELECT|FROM|LEFT JOIN|JOIN|ON|WHERE|AND|GROUP BY|AS|WITH|COUNT|SUM|MAX|NOT|IN|IS|NULL|DATE|CREATE TEMP TABLE|MERGE|USING|WHEN|MATCHED|THEN|UPDATE SET|INSERT|VALUES)\b/g;

/** How a team writes SQL. */
export function chooseStyle(random) {
  return {
    upper: random.chance(0.6),
    indent: random.pick(['  ', '    ']),
    leadingCommas: random.chance(0.2),
    quotes: random.pick([0, 0, 0, 1, 2]),
  };
}

/** Our own keywords in the case of the team; a mapped expression keeps its own. */
export const keyword = (style, text) =>
  style.upper ? text : text.replace(keywords, word => word.toLowerCase());

function list(style, items) {
  if (items.length === 1) return ` ${items[0]}`;
  const lines = style.leadingCommas
    ? items
        .map(
          (item, index) => `${style.indent}${index === 0 ? '' : ', '}${item}`,
        )
        .join('\n')
    : items.map(item => style.indent + item).join(',\n');
  return `\n${lines}`;
}

/**
 * One SELECT.
 *
 * @param parts - `columns` of `{ value, as }`, `from`, `joins` as lines,
 *   `where` as conditions, `groupBy` as the number of leading columns
 */
export function select(
  style,
  { columns, from, joins = [], where = [], groupBy },
) {
  const k = text => keyword(style, text);
  const lines = [
    k('SELECT') +
      list(
        style,
        columns.map(({ value, as }) =>
          as ? `${value} ${k('AS')} ${as}` : value,
        ),
      ),
    `${k('FROM')} ${from}`,
    ...joins,
  ];
  if (where.length > 0) {
    lines.push(`${k('WHERE')} ${where.join(`\n${style.indent}${k('AND')} `)}`);
  }
  if (groupBy) {
    const numbers = Array.from({ length: groupBy }, (_, index) => index + 1);
    lines.push(`${k('GROUP BY')} ${numbers.join(', ')}`);
  }
  return lines.join('\n');
}

/** `WITH` before a last SELECT. */
export function withTables(style, tables, last) {
  const k = text => keyword(style, text);
  const parts = tables.map(
    ({ name, body }) =>
      `${name} ${k('AS')} (\n${indent(body, style.indent)}\n)`,
  );
  return `${k('WITH')} ${parts.join(',\n\n')}\n\n${last}`;
}

/** Each line but empty ones moved to the right. */
export function indent(text, by) {
  return text.replace(/^(?=.)/gm, by);
}

/** A condition in the case of the team, with the columns put in as they are. */
export function condition(style, write, column) {
  const columns = [];
  const text = write(name => `\u0000${columns.push(column(name)) - 1}\u0000`);
  return keyword(style, text).replace(
    // eslint-disable-next-line no-control-regex
    /\u0000(\d+)\u0000/g,
    (_, index) => columns[Number(index)],
  );
}
