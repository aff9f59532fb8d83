import { CompiledTable } from '../mapping/CompiledTable';
import {
  DatasetMatch,
  matchDataset,
  splitDataset,
} from '../mapping/DatasetName';
import { SourceEntry } from '../project/DbtProject';
import { NamePart, TableRef } from '../sql/ast';
import { NameMapping } from '../types';
import { OldUse, TextChange } from './Binding';

export interface BindOptions {
  defaultProject?: string;
  caseSensitive: boolean;
  /** Whether the text of a name stands somewhere in the file. */
  mentions(file: string, name: string): boolean;
}

const plainIdentifier = /^[A-Za-z_][\w$]*$/;
const projectIdentifier = /^[A-Za-z_][\w-]*$/;

/** New text of a table's name, as one change from its first changed part to its last. */
function nameChanges(
  content: string,
  table: TableRef,
  match: DatasetMatch & { kind: 'same' },
): TextChange[] {
  const { parts } = table;
  const changed = match.parts
    .map((text, i) => ({ text, part: parts[i], i }))
    .filter(entry => entry.text !== undefined);
  if (changed.length === 0 && match.prefix.length === 0) {
    return [];
  }
  const first = match.prefix.length > 0 ? parts[0] : changed[0].part;
  const last = changed.length > 0 ? changed[changed.length - 1].part : parts[0];
  const bare = (part: NamePart) =>
    !part.quoted &&
    !/[`"']/.test(content[part.start - 1] ?? '') &&
    !insideQuotes(content, table, part);
  let newText = '';
  let at = first.start;
  if (match.prefix.length > 0) {
    const quote = content[first.start - 1] === '`' && first.quoted ? '`' : '';
    newText += match.prefix
      .map(part => (quote ? `${part}${quote}.${quote}` : `${part}.`))
      .join('');
  }
  for (const { text, part, i } of changed) {
    newText += content.slice(at, part.start);
    const fits =
      i === 0 && parts.length === 3 ? projectIdentifier : plainIdentifier;
    const needsQuotes =
      bare(part) && !table.legacy && table.use !== 'other' && !fits.test(text!);
    newText += needsQuotes ? `\`${text}\`` : text;
    at = part.end;
  }
  newText += content.slice(at, last.end);
  const start = first.start;
  const end = Math.max(last.end, at);
  return content.slice(start, end) === newText ? [] : [{ start, end, newText }];
}

/** Whether a part lies inside one pair of quotes around several parts. */
function insideQuotes(
  content: string,
  table: TableRef,
  part: NamePart,
): boolean {
  return content.slice(table.start, part.start).split('`').length % 2 === 0;
}

/** Matches a plain table name with the deprecated datasets: where case does not count, one spelled alike goes first. */
export function bindName(
  file: { path: string; content: string },
  table: TableRef,
  mappings: CompiledTable[],
  options: BindOptions,
): OldUse | undefined {
  const found = bindSpelled(file, table, mappings, options);
  const last = table.parts[table.parts.length - 1].value;
  const differs =
    found !== undefined &&
    last !== undefined &&
    last !== found.mapping.from[found.mapping.from.length - 1];
  return differs && !options.caseSensitive
    ? bindSpelled(file, table, mappings, { ...options, caseSensitive: true }) ??
        found
    : found;
}

function bindSpelled(
  file: { path: string; content: string },
  table: TableRef,
  mappings: CompiledTable[],
  options: BindOptions,
): OldUse | undefined {
  let unclear: OldUse | undefined;
  for (const mapping of mappings) {
    const tableName = mapping.from[mapping.from.length - 1];
    const match = matchDataset(table.parts, mapping, {
      ...options,
      // looked up only where the name is computed
      get mentioned() {
        return options.mentions(file.path, tableName);
      },
    });
    const everything = table.parts[table.parts.length - 1].value === '*';
    if (match?.kind === 'unclear' && everything && table.use === 'other') {
      // `analytics.*` in a list of rights names no table
      continue;
    }
    if (match?.kind === 'unclear') {
      unclear = unclear ?? {
        mapping,
        sure: false,
        changes: [],
        kind: 'dataset',
        cause: mapping.cause(),
        unclear: match.reason,
      };
      continue;
    }
    if (match) {
      const last = table.parts[table.parts.length - 1];
      const before = last.value ?? '';
      return {
        mapping,
        sure: match.sure,
        changes: nameChanges(file.content, table, match),
        kind: 'dataset',
        cause: mapping.cause(),
        implicitAlias: {
          before,
          after: match.parts[match.parts.length - 1] ?? before,
        },
      };
    }
  }
  return unclear;
}

const causeOf = (mapping: CompiledTable, line: NameMapping) =>
  `${mapping.table.from}:${line.line ?? line.from}`;

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
function spells(pieces: (string | undefined)[], name: string): boolean {
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
