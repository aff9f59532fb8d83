import { CompiledTable } from '../mapping/CompiledTable';
import { DatasetMatch, matchDataset } from '../mapping/DatasetName';
import { NamePart, TableRef } from '../sql/ast';
import { BindOptions } from './BindOptions';
import { OldUse, TextChange } from './Binding';
import { MADE } from './bindRef';

type TextSpan = { start: number; end: number };

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
  if (parts.some(part => part.constant)) {
    return changed.map(({ text, part }) => {
      const { start, end } =
        part.constant === undefined ? part : (part.constant as TextSpan);
      return { start, end, newText: text! };
    });
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

/** Whether a constant that stands elsewhere would have to change and cannot, or to take a prefix. */
function changesConstant(
  { parts }: TableRef,
  match: DatasetMatch & { kind: 'same' },
): boolean {
  return (
    (match.prefix.length > 0 && parts.some(part => part.constant)) ||
    parts.some(
      (part, i) => part.constant === 'fixed' && match.parts[i] !== undefined,
    )
  );
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
    if (match && changesConstant(table, match)) {
      unclear = unclear ?? {
        mapping,
        sure: false,
        changes: [],
        kind: 'dataset',
        cause: mapping.cause(),
        unclear: MADE,
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
