import { Reference, TextRange } from '@skein/mapping-rewriter';
import { normalizeDatasetName } from '../../lineage/normalizeDatasetName';
import { baseName } from '../paths';
import { TextLines } from '../TextLines';
import { FileFinding } from '../types';
import { commentRanges } from './commentRanges';
import { RetiredNames } from './RetiredNames';

/** Lines that a finding names at most. */
const MAX_LINES = 20;
/** Bounds on what is looked at in hostile files: names, and letters of a name. */
const MAX_NAMES = 500;
const MAX_NAME_LENGTH = 300;

/** A file in which a search found something. */
export interface ClassifiedFile {
  path: string;
  text: string | undefined;
  prose?: TextRange[] | Error;
}

/** Whether a file is for people alone. */
export function isDocumentation(path: string): boolean {
  return (
    /\.(md|mdx|rst|txt|adoc|html?)$/i.test(path) ||
    /^(README|CHANGELOG|LICENSE|NOTICE|CODEOWNERS)$/i.test(baseName(path))
  );
}

/**
 * What a file in which a search found something says of the retired datasets.
 *
 * References that the rewriter resolved decide. Where there are none, each
 * place that names a retired table is looked at, wherever the search pointed: in
 * a comment, or as a part of another dataset's full name, it is harmless;
 * anything else a person must see.
 *
 * @param hitLines - 1-based lines that the search gave, to point at where nothing better is known
 * @param file - the text is undefined where it could not be read; `prose` holds
 * the places that speak to people, or why they could not be told
 * @param references - of this file
 */
export function classifyFile(
  file: ClassifiedFile,
  hitLines: number[],
  references: Reference[],
  names: RetiredNames,
): FileFinding {
  const { path, text } = file;
  if (isDocumentation(path)) {
    return finding('mention', 'in documentation', hitLines);
  }
  if (text === undefined) {
    return finding(
      'unclear',
      'could not be read as text, or is larger than 1 MiB',
      hitLines,
    );
  }
  const own = references.filter(
    reference =>
      reference.column === undefined && names.includes(reference.dataset),
  );
  const lines = (access: 'read' | 'write') =>
    own
      .filter(reference => reference.access === access)
      .map(reference => reference.span.line);
  if (lines('read').length > 0) {
    return finding('reads', 'reads it', lines('read'));
  }
  if (lines('write').length > 0) {
    return finding('writes', 'writes it', lines('write'));
  }
  return classifyMentions({ ...file, text }, hitLines, names);
}

function classifyMentions(
  { path, text, prose = [] }: ClassifiedFile & { text: string },
  hitLines: number[],
  names: RetiredNames,
): FileFinding {
  const places = namedAt(text, names);
  if (places.length === 0) {
    return finding('unclear', 'is not there, but the query matches', hitLines);
  }
  const isComment = inRanges(commentRanges(path, text) ?? []);
  const isProse = inRanges(prose instanceof Error ? [] : prose);
  const lines = new TextLines(text);
  const others = new Map<string, number>();
  const mentions: number[] = [];
  const unclear: number[] = [];
  for (const at of places) {
    const line = lines.lineOf(at);
    const name = fullNameAt(text, at);
    if (isComment(at) || isProse(at)) {
      mentions.push(line);
    } else if (names.excludes(name)) {
      others.set(name, others.get(name) ?? line);
    } else {
      unclear.push(line);
    }
  }
  if (unclear.length > 0) {
    return finding(
      'unclear',
      prose instanceof Error
        ? `is there, in a file whose descriptions could not be told from its values: ${prose.message}`
        : 'is there, but not in a way that could be resolved',
      unclear,
    );
  }
  if (others.size > 0) {
    return finding('other', [...others.keys()].sort().join(', '), [
      ...others.values(),
    ]);
  }
  return finding('mention', 'in comments', mentions);
}

/** Where a text names retired tables. */
function namedAt(text: string, names: RetiredNames): number[] {
  const lower = text.toLowerCase();
  const offsets: number[] = [];
  for (const table of names.tables) {
    for (
      let at = lower.indexOf(table);
      at >= 0 && offsets.length < MAX_NAMES;
      at = lower.indexOf(table, at + table.length)
    ) {
      offsets.push(at);
    }
  }
  return offsets.sort((a, b) => a - b);
}

/** The dotted name around a place, in one of the ways people write it. */
function fullNameAt(text: string, at: number): string {
  const part = /[\w.:`*$-]/;
  let start = at;
  let end = at;
  while (at - start < MAX_NAME_LENGTH && part.test(text[start - 1] ?? ' ')) {
    start -= 1;
  }
  while (end - at < MAX_NAME_LENGTH && part.test(text[end] ?? ' ')) end += 1;
  return normalizeDatasetName(text.slice(start, end));
}

/** Tells of places, asked for in their order, whether one of the ranges, in their order too, holds it. */
function inRanges(ranges: TextRange[]): (at: number) => boolean {
  let next = 0;
  return at => {
    while (next < ranges.length && ranges[next][1] <= at) next += 1;
    return next < ranges.length && ranges[next][0] <= at;
  };
}

function finding(
  kind: FileFinding['kind'],
  detail: string,
  lines: number[],
): FileFinding {
  return {
    kind,
    detail,
    lines: [...new Set(lines)].sort((a, b) => a - b).slice(0, MAX_LINES),
  };
}
