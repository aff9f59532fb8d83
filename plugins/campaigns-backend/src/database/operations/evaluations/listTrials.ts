import { ListTrialsRequest, Page, Trial } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { RowFilter } from '../../../authorization';
import { fromNanos } from '../../../gateway/budget/budgetScopes';
import { listPage } from '../listPage';
import { selectTrials } from './selectTrials';

const columns = Object.fromEntries([
  ...[
    'id',
    'state',
    'phase',
    'outcome',
    'outcome_message',
    'failure_kind',
    'change_id',
    'edit_count',
    'note_count',
    'approval_required',
    'started_at',
    'finished_at',
  ].map(name => [name, `jobs.${name}`]),
  ...[
    'repo_host',
    'repo_owner',
    'repo_name',
    'path',
    'framework',
    'owner_ref',
  ].map(name => [name, `targets.${name}`]),
]);

/** A page of the trials of an evaluation, by repository and path. */
export async function listTrials(
  knex: Knex,
  runId: string,
  request: ListTrialsRequest,
  readable: RowFilter,
): Promise<Page<Trial>> {
  const query = selectTrials(knex, [runId], readable);
  if (request.outcomes?.length) {
    query.whereIn('jobs.outcome', request.outcomes);
  }
  return listPage(
    query.select({
      ...columns,
      targetId: 'targets.id',
      nanos: 'model_spend.spent_nanos',
      tokens: 'model_spend.spent_tokens',
      insertions: 'changes.insertions',
      deletions: 'changes.deletions',
      blocks: 'rounds.blocks',
      vetoes: 'rounds.vetoes',
    }),
    request,
    ['repo_owner', 'repo_name', 'path', 'id'].map(column => ({
      column: `targets.${column}`,
      order: 'asc',
    })),
    toTrial,
  );
}

function toTrial(row: any): Trial {
  const timed = row.started_at !== null && row.finished_at !== null;
  return {
    jobId: row.id,
    target: {
      id: row.targetId,
      repository: {
        host: row.repo_host,
        owner: row.repo_owner,
        name: row.repo_name,
      },
      path: row.path,
      framework: row.framework,
      ownerRef: row.owner_ref ?? undefined,
    },
    state: row.state,
    phase: row.phase ?? undefined,
    outcome: row.outcome ?? undefined,
    failureKind: row.failure_kind ?? undefined,
    message: row.outcome_message ?? undefined,
    changeId: row.change_id ?? undefined,
    editCount: row.edit_count,
    noteCount: row.note_count,
    insertions: row.insertions ?? 0,
    deletions: row.deletions ?? 0,
    blocked: Number(row.blocks ?? 0),
    vetoed: Number(row.vetoes ?? 0),
    approvalRequired: Boolean(row.approval_required),
    cost: fromNanos(Number(row.nanos ?? 0)),
    tokens: Number(row.tokens ?? 0),
    durationMs: timed
      ? Number(row.finished_at) - Number(row.started_at)
      : undefined,
  };
}
