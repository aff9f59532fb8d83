import { ReviewStatistics } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { RowFilter } from '../../../authorization';
import { ContextRevisionRow } from '../../tables';
import { whereTargetVisible } from '../targets/whereTargetVisible';
import { roundsByJob } from './roundsByJob';

/**
 * How the changes of each context revision of a campaign fared, newest revision
 * first. Trials are not counted: people never see their changes.
 *
 * @param readable - the targets that may be read: changes of others are not counted
 */
export async function getReviewStatistics(
  knex: Knex,
  campaignId: string,
  readable: RowFilter,
): Promise<ReviewStatistics[]> {
  const revisions = await knex<ContextRevisionRow>('context_revisions')
    .where({ campaign_id: campaignId })
    .orderBy('number', 'desc')
    .select('id', 'number');
  const jobs = await countJobs(knex, campaignId, readable);
  const people = await countPeople(knex, campaignId, readable);
  return revisions.flatMap(({ id, number }) => {
    const reviewed = jobs.get(id);
    return reviewed
      ? [
          {
            revisionId: id,
            revisionNumber: number,
            ...reviewed,
            people: people.get(id) ?? {
              mergedAsIs: 0,
              mergedEdited: 0,
              closed: 0,
            },
          },
        ]
      : [];
  });
}

type JobCounts = Omit<
  ReviewStatistics,
  'revisionId' | 'revisionNumber' | 'people'
>;

/** Of each job the database gives one row: what its patches came to. */
async function countJobs(
  knex: Knex,
  campaignId: string,
  readable: RowFilter,
): Promise<Map<string, JobCounts>> {
  const trials = knex('jobs')
    .where({ campaign_id: campaignId, task: 'evaluate' })
    .select('id');
  const jobs = roundsByJob(knex)
    .where({ campaign_id: campaignId })
    .whereNotIn('job_id', trials);
  whereTargetVisible(jobs, knex, 'target_id', readable);
  const count = (condition: string) =>
    knex.raw(`sum(case when ${condition} then 1 else 0 end)`);
  const rows = await knex
    .from(jobs.as('jobs'))
    .groupBy('revision_id')
    .select({
      revision_id: 'revision_id',
      reviewed: knex.raw('count(*)'),
      blocked: count('blocked = last'),
      judged: count('judged > 0'),
      vetoed: count('vetoed > 0'),
      recovered: count('vetoed > 0 and accepted > vetoed'),
    });
  return new Map(
    rows.map(({ revision_id: id, ...counts }: Record<string, unknown>) => [
      id as string,
      numbers(counts) as unknown as JobCounts,
    ]),
  );
}

/** What became of the change that a target has now, by the revision that made it. */
async function countPeople(
  knex: Knex,
  campaignId: string,
  readable: RowFilter,
): Promise<Map<string, ReviewStatistics['people']>> {
  const count = (condition: string) =>
    knex.raw(`sum(case when ${condition} then 1 else 0 end)`);
  const edited = knex.raw('pull_requests.human_commits = ?', [true]).toQuery();
  const query = knex('pull_requests')
    .join('targets', 'targets.id', 'pull_requests.target_id')
    .join('changes', 'changes.id', 'targets.change_id')
    .where({ 'targets.campaign_id': campaignId })
    .groupBy('changes.revision_id')
    .select({
      revision_id: 'changes.revision_id',
      mergedAsIs: count(`pull_requests.state = 'merged' and not (${edited})`),
      mergedEdited: count(`pull_requests.state = 'merged' and ${edited}`),
      closed: count("pull_requests.state = 'closed'"),
    });
  whereTargetVisible(query, knex, 'targets.id', readable);
  const rows: any[] = await query;
  return new Map(
    rows.map(({ revision_id: id, ...counts }) => [
      id,
      numbers(counts) as ReviewStatistics['people'],
    ]),
  );
}

/** Postgres gives sums as text. */
function numbers(counts: Record<string, unknown>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts).map(([name, value]) => [name, Number(value)]),
  );
}
