import type { LeftoverReason, Leftovers } from '@skein/mapping-rewriter';

/** What a reason says of the names that it explains, those first that may hide a use of the old dataset. */
const WORDS: Record<LeftoverReason, string> = {
  'not-followed': 'in SQL that is not followed',
  code: 'in programs',
  text: 'in texts that are no SQL',
  'not-read': 'in files that are not read',
  command: 'in commands',
  data: 'in data',
  stays: 'of references that stay',
  definition: 'that the project defines',
  'own-name': 'that the code gives itself',
  'same-name': 'of other tables or columns',
  documentation: 'in documentation',
  comment: 'in comments',
  history: 'in history',
};

/** Reasons that do not tell for certain that the old dataset is not used there. */
const OPEN: ReadonlySet<LeftoverReason> = new Set([
  'not-followed',
  'code',
  'text',
  'not-read',
  'command',
]);

/** Whether a name that stays may be a use of the old dataset that nothing has seen. @public */
export function mayBeUse({ reason }: { reason: LeftoverReason }): boolean {
  return OPEN.has(reason);
}

/** `3 in comments, 1 in programs`; those first that may hide a use. @public */
export function describeLeftovers({
  byReason,
}: Pick<Leftovers, 'byReason'>): string {
  return (Object.keys(WORDS) as LeftoverReason[])
    .flatMap(reason =>
      byReason[reason] ? [`${byReason[reason]} ${WORDS[reason]}`] : [],
    )
    .join(', ');
}
