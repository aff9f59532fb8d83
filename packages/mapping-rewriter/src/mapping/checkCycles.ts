import { MappingProblem, MappingTable } from '../types';

/** A dataset that becomes another that is itself retired, and so on back to the first. */
export function checkCycles(
  tables: MappingTable[],
  problems: MappingProblem[],
): void {
  const next = new Map(tables.map(table => [table.from, table.to]));
  for (const { from } of tables) {
    const way = [from];
    for (
      let at = next.get(from);
      at !== undefined && at !== way[way.length - 1];
      at = next.get(at)
    ) {
      if (at === from) {
        problems.push({
          severity: 'error',
          message: `The mappings go in a circle: ${[...way, from].join(
            ' to ',
          )}`,
          subject: from,
        });
        break;
      }
      if (way.includes(at)) {
        break;
      }
      way.push(at);
    }
    if (
      way.length > 1 &&
      next.has(way[1]) &&
      next.get(way[1]) !== from &&
      way[1] !== from
    ) {
      problems.push({
        severity: 'warning',
        message: `${from} becomes ${way[1]}, which is retired itself`,
        subject: from,
      });
    }
  }
}
