import {
  Edit,
  Leftovers,
  Reference,
  Refusal,
  RewriteResult,
} from '@skein/mapping-rewriter';

/** What a rewrite amounts to. */
export type RewriteVerdict =
  | { outcome: 'noChanges' | 'needsHuman' | 'proposed'; summary: string }
  | { outcome: 'unproven'; summary: string };

/** What was done to a target, over all files. */
export interface RewriteSummary {
  edits: Edit[];
  refusals: Refusal[];
  unproven: Reference[];
  leftovers?: Leftovers;
  /** Files that an agent or a program changed, beyond notes. */
  changed?: string[];
}

export function summarize(result: RewriteResult): RewriteSummary {
  return {
    edits: result.files.flatMap(file => file.edits),
    refusals: result.files.flatMap(file => file.refusals),
    unproven: result.unproven,
    leftovers: result.leftovers,
  };
}

/** What follows from a change: it may leave notes for a person and still be proposed; notes alone may not. */
export function decideOutcome(rewrite: RewriteSummary): RewriteVerdict {
  const { changed = [], refusals, unproven } = rewrite;
  const edits = rewrite.edits.filter(edit => edit.kind !== 'note');
  if (unproven.length > 0) {
    const [first] = unproven;
    return {
      outcome: 'unproven',
      summary: `The rewrite cannot be trusted: ${first.dataset} is still read in ${first.file}:${first.span.line}, and no refusal says why`,
    };
  }
  const files = new Set(edits.map(edit => edit.file)).size;
  const left = refusals.length
    ? `${count(refusals.length, 'place')} left for a person, the first in ${
        refusals[0].file
      }:${refusals[0].span.line}: ${refusals[0].reason}`
    : undefined;
  if (edits.length + changed.length === 0) {
    return left
      ? {
          outcome: 'needsHuman',
          summary: `Nothing could be changed safely; ${left}`,
        }
      : {
          outcome: 'noChanges',
          summary: 'No reference to the old dataset was found',
        };
  }
  const done = [
    ...(edits.length > 0
      ? [`${count(edits.length, 'edit')} in ${count(files, 'file')}`]
      : []),
    ...(changed.length > 0
      ? [`${count(changed.length, 'file')} changed beyond the mapping tables`]
      : []),
  ].join(', ');
  return { outcome: 'proposed', summary: left ? `${done}; ${left}` : done };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
