import { ColumnChange } from '../mapping/ColumnChange';
import { CompiledTable } from '../mapping/CompiledTable';
import { Resolution } from '../resolve/Resolution';
import { TextChange } from '../resolve/Binding';
import { ColumnRef, NamePart } from '../sql/ast';

type ColumnResolution = Resolution & { kind: 'column' };

const plain = /^[A-Za-z_][A-Za-z0-9_]*$/;

export interface TextContext {
  content: string;
  /** Text that qualifies the new names, without a dot; undefined where none is needed. */
  qualifier: string | undefined;
  quote: '`' | '"';
}

export const quoteName = (name: string, quote: string) =>
  plain.test(name) ? name : `${quote}${name}${quote}`;

/** Offsets of a part with its quotes. */
export const outer = (part: NamePart) => ({
  start: part.quoted ? part.start - 1 : part.start,
  end: part.quoted ? part.end + 1 : part.end,
});

/** The part of a new path that the reference itself spells; undefined where it lies outside the array it is read from. */
function ownPath(
  to: string[],
  resolution: ColumnResolution,
  mapping: CompiledTable,
): string[] | undefined {
  const hidden = resolution.path.length - resolution.own.length;
  if (hidden <= 0) {
    return to;
  }
  const container = mapping.container(resolution.path.slice(0, hidden));
  let home: string[];
  if (container.kind === 'keep') {
    home = resolution.path.slice(0, hidden);
  } else if (container.kind === 'rename') {
    home = container.to;
  } else {
    return undefined;
  }
  const inside =
    to.length > home.length &&
    home.every((part, i) => part.toLowerCase() === to[i].toLowerCase());
  return inside ? to.slice(home.length) : undefined;
}

/** Changes that spell a new path in the place of the old; undefined where it cannot be spelled there. */
export function renameChanges(
  ref: ColumnRef,
  resolution: ColumnResolution,
  to: string[],
  mapping: CompiledTable,
  context: TextContext,
): TextChange[] | undefined {
  const own = ownPath(to, resolution, mapping);
  if (!own) {
    return undefined;
  }
  const parts = resolution.own;
  const changes: TextChange[] = [];
  const qualifies =
    context.qualifier !== undefined && resolution.qualifier.length === 0;
  if (own.length === parts.length) {
    parts.forEach((part, i) => {
      if (part.value !== own[i]) {
        const newText = part.quoted ? own[i] : quoteName(own[i], context.quote);
        changes.push({ start: part.start, end: part.end, newText });
      }
    });
    if (qualifies && changes.length > 0) {
      const { start } = outer(parts[0]);
      if (changes[0].start === start) {
        changes[0] = {
          ...changes[0],
          newText: `${context.qualifier}.${changes[0].newText}`,
        };
      } else {
        changes.unshift({
          start,
          end: start,
          newText: `${context.qualifier}.`,
        });
      }
    }
    return changes;
  }
  if (ref.indexed) {
    return undefined;
  }
  const prefix = qualifies ? `${context.qualifier}.` : '';
  const newText =
    prefix + own.map(part => quoteName(part, context.quote)).join('.');
  return [
    {
      start: outer(parts[0]).start,
      end: outer(parts[parts.length - 1]).end,
      newText,
    },
  ];
}

/** The expression that gives the old value back at the place of a reference; undefined where it cannot be written there. */
export function conversionText(
  resolution: ColumnResolution,
  change: ColumnChange & { kind: 'convert' },
  mapping: CompiledTable,
  context: TextContext,
): string | undefined {
  const { text, reads } = change.transform;
  const qualifier =
    resolution.qualifier.length > 0
      ? context.content.slice(
          outer(resolution.qualifier[0]).start,
          outer(resolution.qualifier[resolution.qualifier.length - 1]).end,
        )
      : undefined;
  const prefix = context.qualifier ?? qualifier;
  let out = '';
  let at = 0;
  for (const read of [...reads].sort((a, b) => a.start - b.start)) {
    const spelled = text.slice(read.start, read.end).split('.');
    const own = ownPath(
      spelled.map(part => part.replace(/`/g, '')),
      resolution,
      mapping,
    );
    if (!own) {
      return undefined;
    }
    out += text.slice(at, read.start);
    const kept = spelled.slice(spelled.length - own.length).join('.');
    out += prefix === undefined ? kept : `${prefix}.${kept}`;
    at = read.end;
  }
  return out + text.slice(at);
}
