import {
  EvaluationFigures,
  TrialOutcome,
} from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { RowFilter } from '../../../authorization';
import { fromNanos } from '../../../gateway/budget/budgetScopes';
import { whereTargetVisible } from '../targets/whereTargetVisible';
import { selectTrials } from './selectTrials';

/** What the trials of a run came to, and how many there are. */
export interface TrialSums {
  targetCount: number;
  figures: EvaluationFigures;
}

/** The trials of runs added up, by run; a run without any that the caller may see is absent. */
export async function sumTrials(
  knex: Knex,
  runIds: string[],
  readable: RowFilter,
): Promise<Map<string, TrialSums>> {
  const count = (condition: string, values: boolean[] = []) =>
    knex.raw(`sum(case when ${condition} then 1 else 0 end)`, values);
  const passed = "jobs.outcome = 'proposed'";
  const rows: any[] = await selectTrials(knex, runIds, readable)
    .groupBy('jobs.run_id', 'jobs.outcome')
    .select({
      run_id: 'jobs.run_id',
      outcome: 'jobs.outcome',
      trials: knex.raw('count(*)'),
      blocked: count('rounds.blocked > 0'),
      judged: count('rounds.judged > 0'),
      vetoed: count('rounds.vetoed > 0'),
      recovered: count(
        `${passed} and rounds.vetoed > 0 and rounds.accepted > rounds.vetoed`,
      ),
      approvalRequired: count(`${passed} and jobs.approval_required = ?`, [
        true,
      ]),
      notes: knex.raw('sum(jobs.note_count)'),
      nanos: knex.raw('sum(model_spend.spent_nanos)'),
      tokens: knex.raw('sum(model_spend.spent_tokens)'),
    });
  const medians = await readMedians(knex, runIds, readable);
  const sums = new Map<string, TrialSums>();
  for (const runId of new Set<string>(rows.map(row => row.run_id))) {
    const own = rows.filter(row => row.run_id === runId);
    sums.set(runId, toSums(own, medians.get(runId)));
  }
  return sums;
}

/** @param rows - of one run, one for each outcome; that of trials that have not ended is null */
function toSums(rows: any[], medianMs: number | undefined): TrialSums {
  const sum = (name: string) =>
    rows.reduce((total, row) => total + Number(row[name] ?? 0), 0);
  const outcomes: Partial<Record<TrialOutcome, number>> = {};
  let open = 0;
  for (const { outcome, trials } of rows) {
    if (outcome === null) open = Number(trials);
    else outcomes[outcome as TrialOutcome] = Number(trials);
  }
  const targetCount = sum('trials');
  const passed = outcomes.proposed ?? 0;
  const told = targetCount - open - (outcomes.stopped ?? 0);
  return {
    targetCount,
    figures: {
      outcomes,
      open,
      passed,
      passRate: told === 0 ? undefined : passed / told,
      blocked: sum('blocked'),
      judged: sum('judged'),
      vetoed: sum('vetoed'),
      recovered: sum('recovered'),
      approvalRequired: sum('approvalRequired'),
      noteCount: sum('notes'),
      cost: fromNanos(sum('nanos')),
      tokens: sum('tokens'),
      medianMs,
    },
  };
}

/** The one in the middle by duration, or the mean of the two, in milliseconds; of those that were not stopped. */
async function readMedians(
  knex: Knex,
  runIds: string[],
  readable: RowFilter,
): Promise<Map<string, number>> {
  const duration = 'jobs.finished_at - jobs.started_at';
  const timed = knex('jobs')
    .whereIn('jobs.run_id', runIds)
    .where('jobs.task', 'evaluate')
    .whereNot('jobs.outcome', 'stopped')
    .whereNotNull('jobs.finished_at')
    .whereNotNull('jobs.started_at')
    .select(
      'jobs.run_id',
      knex.raw(`${duration} as duration`),
      knex.raw(
        `row_number() over (partition by jobs.run_id order by ${duration}) as place`,
      ),
      knex.raw('count(*) over (partition by jobs.run_id) as trials'),
    );
  whereTargetVisible(timed, knex, 'jobs.target_id', readable);
  const rows = await knex
    .from(timed.as('timed'))
    .whereRaw('place * 2 between trials and trials + 2')
    .groupBy('run_id')
    .select('run_id')
    .avg({ median: 'duration' });
  return new Map(
    rows.map((row: any) => [row.run_id, Math.round(Number(row.median))]),
  );
}
