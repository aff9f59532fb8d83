import { CompiledTable } from '../mapping/CompiledTable';
import { TableRef } from '../sql/ast';
import { NameMapping } from '../types';
import { OldUse } from './Binding';

export const causeOf = (mapping: CompiledTable, line: NameMapping) =>
  `${mapping.table.from}:${line.line ?? line.from}`;

/** Why a name that constants make cannot be changed where it stands. */
export const MADE =
  'the name is made of constants that are used for something else too';

/** Matches a `ref` with the renamed models. */
export function bindRef(
  table: TableRef,
  mappings: CompiledTable[],
): OldUse | undefined {
  const positional = table.call!.args.filter(
    argument => argument.keyword === undefined,
  );
  const name = positional[positional.length - 1];
  if (!name) {
    return undefined;
  }
  for (const mapping of mappings) {
    for (const line of mapping.table.models ?? []) {
      const base = {
        mapping,
        kind: 'model' as const,
        cause: causeOf(mapping, line),
      };
      if (name.literal) {
        if (name.literal.value === line.from && name.literal.fixed) {
          return { ...base, sure: false, changes: [], unclear: MADE };
        }
        if (name.literal.value === line.from) {
          const changes =
            line.from === line.to
              ? []
              : [
                  {
                    start: name.literal.start,
                    end: name.literal.end,
                    newText: line.to,
                  },
                ];
          return {
            ...base,
            sure: true,
            changes,
            implicitAlias: { before: line.from, after: line.to },
          };
        }
      } else if (spells(name.pieces, line.from)) {
        return {
          ...base,
          sure: false,
          changes: [],
          unclear: 'part of the model name is computed when it runs',
        };
      }
    }
  }
  return undefined;
}

/** Whether pieces, at least one of them literal, can spell a name. */
export function spells(pieces: (string | undefined)[], name: string): boolean {
  if (pieces.every(piece => piece === undefined)) {
    return false;
  }
  const pattern = pieces
    .map(piece =>
      piece === undefined ? '.*' : piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  return new RegExp(`^${pattern.replace(/(\.\*)+/g, '.*')}$`).test(name);
}
