import { CompiledTable } from '../mapping/CompiledTable';
import { matchDataset, splitDataset } from '../mapping/DatasetName';
import { SourceEntry } from '../project/DbtProject';
import { NamePart, TableRef } from '../sql/ast';
import { NameMapping } from '../types';
import { BindOptions } from './BindOptions';
import { OldUse, TextChange } from './Binding';
import { causeOf, MADE, spells } from './bindRef';

/** The source name and table name of a `source` call. */
export function sourceArguments(table: TableRef) {
  const [source, name] = table.call!.args.filter(
    argument => argument.keyword === undefined,
  );
  return source && name ? { source, name } : undefined;
}

/** New source and table name for a source of this key, where a mapping line names it. */
export function renamedSource(
  key: { source: string; table: string },
  line: NameMapping,
): { source: string; table: string } | undefined {
  const [fromSource, fromTable] = splitDataset(line.from);
  const [toSource, toTable] = splitDataset(line.to);
  if (
    fromSource !== key.source ||
    (fromTable !== '*' && fromTable !== undefined && fromTable !== key.table)
  ) {
    return undefined;
  }
  return {
    source: toSource,
    table: toTable === undefined || toTable === '*' ? key.table : toTable,
  };
}

const namePart = (value: string | undefined): NamePart => ({
  value,
  pieces: value === undefined ? [undefined] : undefined,
  start: 0,
  end: 0,
  quoted: false,
});

/** How the table behind a source entry relates to a deprecated dataset. */
export function matchEntry(
  entry: SourceEntry,
  mapping: CompiledTable,
  options: BindOptions,
) {
  const parts = [
    namePart(entry.schema),
    namePart(entry.identifier ?? entry.tableName),
  ];
  if (entry.database !== undefined) {
    parts.unshift(namePart(entry.database));
  }
  return matchDataset(parts, mapping, { ...options, mentioned: true });
}

/** Matches a `source` call with the renamed sources, by name or through its YAML entry. */
export function bindSource(
  table: TableRef,
  mappings: CompiledTable[],
  entryOf: (key: string) => SourceEntry | undefined,
  options: BindOptions,
): OldUse | undefined {
  const given = sourceArguments(table);
  if (!given) {
    return undefined;
  }
  const { source, name } = given;
  for (const mapping of mappings) {
    for (const line of mapping.table.sources ?? []) {
      const base = {
        mapping,
        kind: 'source' as const,
        cause: causeOf(mapping, line),
        sourceKey:
          source.literal && name.literal
            ? `${source.literal.value}.${name.literal.value}`
            : undefined,
      };
      if (source.literal && name.literal) {
        const renamed = renamedSource(
          { source: source.literal.value, table: name.literal.value },
          line,
        );
        if (renamed && (source.literal.fixed || name.literal.fixed)) {
          return { ...base, sure: false, changes: [], unclear: MADE };
        }
        if (renamed) {
          const changes: TextChange[] = [];
          if (renamed.source !== source.literal.value) {
            changes.push({
              start: source.literal.start,
              end: source.literal.end,
              newText: renamed.source,
            });
          }
          if (renamed.table !== name.literal.value) {
            changes.push({
              start: name.literal.start,
              end: name.literal.end,
              newText: renamed.table,
            });
          }
          return {
            ...base,
            sure: true,
            changes,
            implicitAlias: { before: name.literal.value, after: renamed.table },
          };
        }
      } else {
        const [fromSource, fromTable] = splitDataset(line.from);
        const sourceFits = source.literal
          ? source.literal.value === fromSource
          : spells(source.pieces, fromSource) || Boolean(name.literal);
        const tableFits = name.literal
          ? name.literal.value === fromTable
          : spells(name.pieces, fromTable) || Boolean(source.literal);
        if (
          sourceFits &&
          tableFits &&
          (name.literal || spells(name.pieces, fromTable))
        ) {
          return {
            ...base,
            sure: false,
            changes: [],
            unclear: 'part of the source is computed when it runs',
          };
        }
      }
    }
  }
  const key =
    source.literal && name.literal
      ? `${source.literal.value}.${name.literal.value}`
      : undefined;
  const entry = key === undefined ? undefined : entryOf(key);
  if (!entry) {
    return undefined;
  }
  for (const mapping of mappings) {
    const match = matchEntry(entry, mapping, options);
    if (match?.kind === 'same') {
      const newTable = match.parts[match.parts.length - 1];
      const renames = entry.identifier === undefined && newTable !== undefined;
      if (renames && name.literal!.fixed) {
        return {
          mapping,
          sure: false,
          changes: [],
          kind: 'source',
          cause: mapping.cause(),
          unclear: MADE,
          sourceKey: key,
        };
      }
      return {
        mapping,
        sure: match.sure,
        changes: renames
          ? [
              {
                start: name.literal!.start,
                end: name.literal!.end,
                newText: newTable!,
              },
            ]
          : [],
        kind: 'source',
        cause: mapping.cause(),
        implicitAlias: {
          before: entry.identifier ?? entry.tableName,
          after: newTable ?? entry.identifier ?? entry.tableName,
        },
        sourceKey: key,
      };
    }
    if (match) {
      return {
        mapping,
        sure: false,
        changes: [],
        kind: 'source',
        cause: mapping.cause(),
        unclear: match.reason,
        sourceKey: key,
      };
    }
  }
  return undefined;
}
