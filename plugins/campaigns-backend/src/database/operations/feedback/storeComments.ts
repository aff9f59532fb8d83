import { PullRequestComments } from '@skein/plugin-campaigns-node';
import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { feedbackKey } from '../../../feedback/feedbackKey';
import { foreignLine, foreignText } from '../../../feedback/foreignText';
import { PullRequestRow } from '../pullRequests/tables';
import { hasDecision } from './hasDecision';
import { FeedbackRow, MOST_FEEDBACK_PER_TARGET } from './tables';
import { trimFeedback } from './trimFeedback';

/** SQLite bounds the variables of one statement. */
const CHUNK = 50;

/** What may differ while the words are the same. */
const mutable = ['text', 'url', 'file', 'line'] as const;

type SaidRow = Pick<
  FeedbackRow,
  | 'key'
  | 'text'
  | 'author'
  | 'comment_id'
  | 'url'
  | 'file'
  | 'line'
  | 'created_at'
>;

/**
 * Makes the feedback of a pull request what was read of its conversation: new
 * comments come, edited ones say what they say now, and those that are gone go.
 * What was decided about stays, as it was when it was decided.
 *
 * @param pull - locked by the caller
 * @returns whether anything changed
 */
export async function storeComments(
  tx: Knex.Transaction,
  pull: Pick<PullRequestRow, 'target_id' | 'campaign_id' | 'number'>,
  { comments, completeSince }: PullRequestComments,
): Promise<boolean> {
  const ofPull = { target_id: pull.target_id, pr_number: pull.number };
  const stored = await tx<FeedbackRow>('feedback')
    .where(ofPull)
    .select(
      ...(['id', 'key', 'comment_id', 'created_at'] as const),
      ...mutable,
    );
  const said = new Map(
    comments
      .filter(comment => !comment.bot && !comment.own)
      .map(toSaid)
      .filter(row => row.text !== '')
      .sort((a, b) => Number(b.created_at) - Number(a.created_at))
      .slice(0, MOST_FEEDBACK_PER_TARGET)
      .map(row => [identityOf(row), row]),
  );
  const seen = new Set(comments.map(({ id }) => id));
  const since = completeSince ? Date.parse(completeSince) : 0;
  const gone = stored.filter(
    row =>
      !said.has(identityOf(row)) &&
      (seen.has(row.comment_id!) || Number(row.created_at) >= since),
  );
  const known = new Map(stored.map(row => [identityOf(row), row]));
  const fresh = [...said].flatMap(([id, row]) => (known.has(id) ? [] : [row]));

  const removed = await removeOpen(
    tx,
    gone.map(({ id }) => id),
  );
  const changed = await updateSaid(tx, said, known);
  if (fresh.length > 0) {
    const revisionId = await findRevision(tx, pull);
    await insertSaid(
      tx,
      fresh.map(row => ({
        ...row,
        ...ofPull,
        id: randomUUID(),
        campaign_id: pull.campaign_id,
        source: 'reviewer',
        job_id: null,
        revision_id: revisionId,
      })),
    );
    await trimFeedback(tx, pull.target_id, 'reviewer');
  }
  return removed + changed + fresh.length > 0;
}

/** The words are part of it: an edited comment is another row. */
function identityOf(row: Pick<FeedbackRow, 'comment_id' | 'key'>): string {
  return `${row.key} ${row.comment_id}`;
}

function toSaid(comment: PullRequestComments['comments'][number]): SaidRow {
  const text = foreignText(comment.text);
  const { line } = comment;
  return {
    key: feedbackKey('reviewer', text),
    text,
    author: foreignLine(comment.author).slice(0, 255),
    comment_id: comment.id.slice(0, 255),
    url: /^https?:\/\/\S{1,2000}$/.test(comment.url) ? comment.url : null,
    file: comment.file ? foreignLine(comment.file) : null,
    line: line && line > 0 && line < 2 ** 31 ? line : null,
    created_at: Date.parse(comment.createdAt) || 0,
  };
}

async function removeOpen(tx: Knex, ids: string[]): Promise<number> {
  let removed = 0;
  for (let start = 0; start < ids.length; start += CHUNK) {
    removed += await tx('feedback')
      .whereIn('id', ids.slice(start, start + CHUNK))
      .whereRaw('not ?', [hasDecision(tx)])
      .delete();
  }
  return removed;
}

/** Somebody corrects a comma, a push moves the line, a repository has another address. */
async function updateSaid(
  tx: Knex,
  said: Map<string, SaidRow>,
  known: Map<string, Pick<FeedbackRow, 'id' | (typeof mutable)[number]>>,
): Promise<number> {
  let changed = 0;
  for (const [identity, now] of said) {
    const before = known.get(identity);
    if (before && mutable.some(column => before[column] !== now[column])) {
      const { text, url, file, line } = now;
      changed += await tx('feedback')
        .where({ id: before.id })
        .update({ text, url, file, line });
    }
  }
  return changed;
}

async function insertSaid(tx: Knex, rows: FeedbackRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += CHUNK) {
    await tx('feedback')
      .insert(rows.slice(start, start + CHUNK))
      .onConflict(['target_id', 'comment_id', 'key'])
      .ignore();
  }
}

/** The context revision that made what the pull request shows. */
async function findRevision(
  tx: Knex,
  pull: Pick<PullRequestRow, 'target_id' | 'number'>,
): Promise<string | null> {
  const change = await tx('publications')
    .join('changes', 'changes.id', 'publications.change_id')
    .where({
      'publications.target_id': pull.target_id,
      'publications.pr_number': pull.number,
    })
    .orderBy('publications.created_at', 'desc')
    .first('changes.revision_id');
  return change?.revision_id ?? null;
}
