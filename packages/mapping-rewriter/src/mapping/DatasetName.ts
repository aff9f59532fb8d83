import { NamePart } from '../sql/ast';

/** How a name in the code relates to a deprecated dataset. */
export type DatasetMatch =
  /** Names it: `parts` holds the new text of each part, undefined where it stays. */
  | {
      kind: 'same';
      sure: boolean;
      parts: (string | undefined)[];
      /** Parts to put in front, because the successor lies in another project. */
      prefix: string[];
    }
  /** May name it, or names it among others; cannot be rewritten. */
  | { kind: 'unclear'; reason: string };

interface DatasetPair {
  from: string[];
  to: string[];
}

export const splitDataset = (name: string): string[] =>
  name
    .replace(/`/g, '')
    .split(/[.:]/)
    .map(part => part.trim());

const decorator = /\$[0-9_A-Z]+$/i;

/** Whether literal pieces and holes can spell the text. */
function canSpell(pieces: (string | undefined)[], text: string): boolean {
  let at = 0;
  let free = false;
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i];
    if (piece === undefined) {
      free = true;
    } else if (i === pieces.length - 1 && free) {
      return text.length - piece.length >= at && text.endsWith(piece);
    } else {
      const here = text.startsWith(piece, at) ? at : -1;
      const found = free ? text.indexOf(piece, at) : here;
      if (found < 0) {
        return false;
      }
      at = found + piece.length;
      free = false;
    }
  }
  return free || at === text.length;
}

type PartMatch =
  | { kind: 'same'; newText: string | undefined }
  | { kind: 'none' }
  | { kind: 'hole' }
  | { kind: 'unclear'; reason: string };

function matchTable(
  part: NamePart,
  from: string,
  to: string,
  equal: (a: string, b: string) => boolean,
): PartMatch {
  if (part.written !== undefined && part.written === from) {
    return { kind: 'same', newText: from === to ? undefined : to };
  }
  if (part.value === undefined) {
    const pieces = part.pieces ?? [undefined];
    if (pieces.every(piece => piece === undefined)) {
      return { kind: 'hole' };
    }
    const stem = from.endsWith('*') ? undefined : from;
    if (
      stem !== undefined
        ? canSpell(pieces, stem)
        : typeof pieces[0] === 'string' &&
          (from.startsWith(pieces[0]) ||
            pieces[0].startsWith(from.slice(0, -1)))
    ) {
      if (stem === undefined && pieces[0]!.startsWith(from.slice(0, -1))) {
        return matchShard(pieces[0]!, from, to, true);
      }
      return {
        kind: 'unclear',
        reason: 'part of the name is computed when it runs',
      };
    }
    return { kind: 'none' };
  }
  const suffix = decorator.exec(part.value)?.[0] ?? '';
  const value = part.value.slice(0, part.value.length - suffix.length);
  if (from.endsWith('*')) {
    if (from === '*') {
      return { kind: 'same', newText: to === '*' ? undefined : to };
    }
    if (value.startsWith(from.slice(0, -1))) {
      return matchShard(value, from, to, false);
    }
    if (value.endsWith('*') && from.startsWith(value.slice(0, -1))) {
      return {
        kind: 'unclear',
        reason: `${value} takes in other tables beside ${from}`,
      };
    }
    return { kind: 'none' };
  }
  if (equal(value, from)) {
    return {
      kind: 'same',
      newText: equal(value, to) ? undefined : to + suffix,
    };
  }
  if (value.endsWith('*') && from.startsWith(value.slice(0, -1))) {
    return {
      kind: 'unclear',
      reason: `${value} takes in other tables beside ${from}`,
    };
  }
  return { kind: 'none' };
}

/** A shard or a wildcard over shards, `from` being the wildcard of them all. */
function matchShard(
  value: string,
  from: string,
  to: string,
  open: boolean,
): PartMatch {
  const rest = value.slice(from.length - 1);
  if (to.endsWith('*')) {
    const newText = to.slice(0, -1) + rest;
    return open
      ? { kind: 'unclear', reason: 'part of the name is computed when it runs' }
      : { kind: 'same', newText: newText === value ? undefined : newText };
  }
  if (rest === '*' && !open) {
    return { kind: 'same', newText: to };
  }
  return {
    kind: 'unclear',
    reason: `it reads some of the tables of ${from}, and ${to} holds the rows of all of them`,
  };
}

/**
 * Compares a name in the code with a deprecated dataset.
 *
 * @param options - `caseSensitive` as table names of BigQuery are;
 *   `mentioned` says that the old table's name stands elsewhere in the file,
 *   so that a name that is wholly computed may be it
 */
export function matchDataset(
  parts: NamePart[],
  pair: DatasetPair,
  options: {
    defaultProject?: string;
    caseSensitive: boolean;
    mentioned?: boolean;
  },
): DatasetMatch | undefined {
  const { from, to } = pair;
  const size = parts.length;
  if (
    size > from.length + 1 ||
    size < Math.min(2, from.length) ||
    (from.length === 1 && size > 1)
  ) {
    return undefined;
  }
  const equal = (a: string, b: string) =>
    options.caseSensitive ? a === b : a.toLowerCase() === b.toLowerCase();
  const newParts: (string | undefined)[] = new Array(size).fill(undefined);
  let sure = size === from.length;
  let unclear: string | undefined;
  let holes = 0;
  for (let back = 1; back <= Math.min(size, from.length); back++) {
    const part = parts[size - back];
    const old = from[from.length - back];
    const successor = to[to.length - back] ?? old;
    const match: PartMatch =
      back === 1
        ? matchTable(part, old, successor, equal)
        : matchTable(part, old, successor, equal);
    if (match.kind === 'none') {
      return undefined;
    }
    if (match.kind === 'unclear') {
      unclear = match.reason;
    } else if (match.kind === 'same') {
      newParts[size - back] = match.newText;
    } else {
      holes += 1;
      sure = false;
      if (back === 3) {
        if (!equal(successor, old)) {
          unclear = 'the project is computed when it runs';
        }
      } else if (back === 1 && !options.mentioned) {
        return undefined;
      } else {
        unclear = 'part of the name is computed when it runs';
      }
    }
  }
  if (holes === size || (holes > 0 && from[from.length - 1] === '*')) {
    return undefined;
  }
  const prefix: string[] = [];
  if (size < from.length) {
    const project = from[0];
    if (options.defaultProject !== undefined) {
      if (!equal(options.defaultProject, project)) {
        return undefined;
      }
      sure = unclear === undefined && holes === 0;
    }
    const missing = from.length - size;
    const successorPrefix = to.slice(0, Math.max(0, to.length - size));
    if (successorPrefix.some((part, i) => part !== from.slice(0, missing)[i])) {
      prefix.push(...successorPrefix);
      if (options.defaultProject === undefined) {
        unclear = `it may be a table of another project than ${project}, and no defaultProject says that it is not`;
      }
    }
  } else if (size > from.length) {
    sure =
      holes === 0 &&
      options.defaultProject !== undefined &&
      parts[0].value === options.defaultProject;
    if (to.length > from.length) {
      newParts[0] = parts[0].value === to[0] ? undefined : to[0];
    }
  } else if (to.length > from.length) {
    prefix.push(...to.slice(0, to.length - size));
  }
  if (unclear !== undefined) {
    return { kind: 'unclear', reason: unclear };
  }
  return { kind: 'same', sure, parts: newParts, prefix };
}
