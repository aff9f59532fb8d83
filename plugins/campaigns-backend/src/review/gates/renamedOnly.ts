import { MappingTable } from '@skein/mapping-rewriter';
import { PatchedFile } from '../../jobs/patch/parsePatch';

/** New names of an old one. */
export type Renames = ReadonlyMap<string, ReadonlySet<string>>;

/** Longest first, so that a whole dotted name is one word. */
const WORD = /[\p{L}\p{N}_$]+(?:[.:-][\p{L}\p{N}_$]+)*/gu;

/** Old and new names that a mapping gives, whole and by their last parts. */
export function renamesOf(mappings: MappingTable[]): Renames {
  const renames = new Map<string, Set<string>>();
  const add = (from: string, to: string) => {
    const known = renames.get(from) ?? new Set();
    renames.set(from, known.add(to));
  };
  for (const mapping of mappings) {
    const names = [
      mapping,
      ...(mapping.models ?? []),
      ...(mapping.sources ?? []),
    ];
    for (const { from, to } of names) {
      const [before, after] = [from.split('.'), to.split('.')];
      const parts = Math.min(before.length, after.length);
      for (let count = 1; count <= parts; count++) {
        add(before.slice(-count).join('.'), after.slice(-count).join('.'));
      }
      // As `bq` and older SQL write it.
      add(from.replace('.', ':'), to.replace('.', ':'));
    }
    for (const { from, to, transform } of mapping.columns) {
      if (to && !transform) add(from, to);
    }
  }
  return renames;
}

/**
 * Whether a change of a text file is nothing but old names that became their
 * new ones: all else, the order of lines too, is as it was. What such a file
 * executes stays the same.
 */
export function isRenamedOnly(file: PatchedFile, renames: Renames): boolean {
  return (
    file.change === 'modified' &&
    file.removed.length > 0 &&
    file.removed.length === file.added.length &&
    file.removed.every((removed, index) => {
      const added = file.added[index];
      return (
        removed.line === added.line &&
        isLineRenamed(removed.text, added.text, renames)
      );
    })
  );
}

function isLineRenamed(before: string, after: string, renames: Renames) {
  if (before === after) return true;
  if (before.replace(WORD, 'x') !== after.replace(WORD, 'x')) return false;
  const words = after.match(WORD) ?? [];
  return (before.match(WORD) ?? []).every(
    (word, index) =>
      word === words[index] || renames.get(word)?.has(words[index]),
  );
}
