import {
  Campaign,
  CampaignSpec,
  CampaignSummary,
  WaveSummary,
} from '@skein/plugin-campaigns-common';
import { toIso } from '../database/clock';
import { TargetCount } from '../database/operations/campaigns/countTargets';
import { CampaignRow } from '../database/tables';
import { isAtRest } from '../targets/isAtRest';

/** The API's view of a campaign in a list. */
export function toSummary(
  row: CampaignRow,
  counts: TargetCount[],
): CampaignSummary {
  const spec: CampaignSpec = JSON.parse(row.spec);
  const byState = sumByState(counts);
  const outside = (byState.candidate ?? 0) + (byState.outOfScope ?? 0);
  return {
    id: row.id,
    name: row.name,
    title: row.title,
    ownerRef: row.owner_ref,
    state: row.state,
    stateReason: row.state_reason ?? undefined,
    deadline: spec.deadline,
    datasets: spec.datasets.map(({ from, to }) => ({ from, to })),
    counts: byState,
    inScope: counts.reduce((sum, { count }) => sum + count, 0) - outside,
    scope: {
      state: row.scope_state,
      message: row.scope_message ?? undefined,
      computedAt: toIso(row.scope_computed_at),
    },
    createdBy: row.created_by,
    createdAt: toIso(row.created_at)!,
    updatedAt: toIso(row.updated_at)!,
    launchedAt: toIso(row.launched_at),
    launchedBy: row.launched_by ?? undefined,
  };
}

/** The API's view of a campaign on its own page. */
export function toCampaign(
  row: CampaignRow,
  counts: TargetCount[],
  revision: { id: string; number: number },
  newcomers: number,
  failures: Campaign['failures'],
): Campaign {
  return {
    ...toSummary(row, counts),
    spec: JSON.parse(row.spec),
    revisionId: revision.id,
    revisionNumber: revision.number,
    waves: toWaves(JSON.parse(row.spec), counts),
    newcomers,
    failures,
  };
}

function toWaves(spec: CampaignSpec, counts: TargetCount[]): WaveSummary[] {
  let previousFinished = true;
  return spec.rollout.waves.map(({ name }, index) => {
    const own = counts.filter(
      count => count.waveIndex === index && count.state !== 'outOfScope',
    );
    const targets = own.reduce((sum, { count }) => sum + count, 0);
    const started = own.some(({ state }) => state !== 'pending');
    const finished =
      previousFinished && own.every(({ state }) => isAtRest(state));
    previousFinished = finished;
    return {
      name,
      state: waveState(started, finished),
      targets,
      counts: sumByState(own),
    };
  });
}

function waveState(started: boolean, finished: boolean): WaveSummary['state'] {
  if (finished) return 'finished';
  return started ? 'running' : 'waiting';
}

function sumByState(counts: TargetCount[]): CampaignSummary['counts'] {
  const result: CampaignSummary['counts'] = {};
  for (const { state, count } of counts) {
    result[state] = (result[state] ?? 0) + count;
  }
  return result;
}
