import { Forge, PullRequestComments } from '@skein/plugin-campaigns-node';
import { PullRequestRow } from '../database/operations/pullRequests/tables';
import { pullRequestKey, refOf } from './pullRequestKey';

/** A conversation that is another than the one that was read last. */
export interface Conversation {
  /** What is to be remembered of it once it is read. */
  state: string;
  /** Undefined where it was not read. */
  said?: PullRequestComments;
  /** It was not tried, since others came first. */
  waits?: boolean;
}

/** At one look, which must end before its lease does. */
export const MOST_CONVERSATIONS = 30;

/**
 * Reads what was said on those pull requests where that may be something new.
 *
 * @param seen - what the forge says of their conversations, see {@link Forge.getPullRequests}
 * @returns by target; those of which nothing is new are absent
 */
export async function readConversations(
  forge: Forge,
  seen: Array<{ row: PullRequestRow; conversation?: string }>,
  onProblem: (count: number, error: unknown) => void,
): Promise<Map<string, Conversation>> {
  const conversations = new Map<string, Conversation>();
  if (!forge.comments) return conversations;
  const unread: PullRequestRow[] = [];
  for (const { row, conversation: state = '' } of seen) {
    if (row.conversation === state) continue;
    const place = { repository: refOf(row), number: row.number };
    // Where nothing is said any more, there is nothing to ask for.
    const said = state === '' ? { ...place, comments: [] } : undefined;
    const waits = !said && unread.length === MOST_CONVERSATIONS;
    conversations.set(row.target_id, { state, said, waits });
    if (!said && !waits) unread.push(row);
  }
  if (unread.length === 0) return conversations;
  try {
    const answers = await forge.comments.getComments(
      unread.map(row => ({ repository: refOf(row), number: row.number })),
    );
    const byPlace = new Map(
      answers.map(answer => [
        pullRequestKey(answer.repository, answer.number),
        answer,
      ]),
    );
    for (const row of unread) {
      const conversation = conversations.get(row.target_id)!;
      conversation.said = byPlace.get(pullRequestKey(refOf(row), row.number));
    }
  } catch (error) {
    onProblem(unread.length, error);
  }
  return conversations;
}
