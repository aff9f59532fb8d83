import { Knex } from 'knex';
import { TargetRow } from '../../tables';
import { livePublicationStates, PublicationRow } from './tables';

/** A difference that nobody would notice is not worth a write. */
const TOLERANCE_MILLISECONDS = 20_000;

/**
 * Gives every target that waits for its pull request on these hosts the time at
 * which it is expected.
 *
 * @param expectedTimes - for a number of waiting targets, their times in order
 * @returns the targets whose time changed
 */
export async function storeExpectedTimes(
  knex: Knex,
  hosts: string[],
  expectedTimes: (count: number) => number[],
): Promise<Array<Pick<TargetRow, 'id' | 'campaign_id'>>> {
  const waiting = await knex<PublicationRow>('publications')
    .join('targets', 'targets.id', 'publications.target_id')
    .whereIn('publications.state', livePublicationStates)
    .whereIn('publications.repo_host', hosts)
    .where('targets.state', 'publishing')
    .orderBy([
      { column: 'publications.created_at' },
      { column: 'publications.id' },
    ])
    .select('targets.id', 'targets.campaign_id', 'targets.expected_at');
  const times = expectedTimes(waiting.length);
  const changed = [];
  for (const [index, target] of waiting.entries()) {
    const known = target.expected_at === null ? 0 : Number(target.expected_at);
    if (Math.abs(known - times[index]) < TOLERANCE_MILLISECONDS) continue;
    await knex<TargetRow>('targets')
      .where({ id: target.id, state: 'publishing' })
      .update({ expected_at: times[index] });
    changed.push({ id: target.id, campaign_id: target.campaign_id });
  }
  return changed;
}
