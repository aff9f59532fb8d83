import { Star, TableRef } from '../sql/ast';
import { Analysis } from './Analysis';
import { Region } from './Region';

export function refuseStar(
  analysis: Analysis,
  region: Region,
  star: Star,
  table: TableRef,
  reason: string,
): void {
  analysis.refuse(region, {
    start: star.start,
    end: star.end,
    kind: 'column',
    code: 'star-output',
    reason,
    cause: analysis.old(table)!.mapping.cause(),
    tables: [table],
  });
}
