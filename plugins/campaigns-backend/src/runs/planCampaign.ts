import {
  CampaignState,
  FailureKind,
  RolloutSpec,
  TargetState,
} from '@skein/plugin-campaigns-common';
import { isAtRest } from '../targets/isAtRest';

/** What the plan looks at. */
export interface PlannedTarget {
  id: string;
  state: TargetState;
  failureKind?: FailureKind;
  /** Place of its wave in the rollout. */
  waveIndex?: number;
  /** The review of its change wants a person to look: no policy approves it. */
  approvalRequired?: boolean;
}

/** All that decides what a campaign does next. */
export interface CampaignSituation {
  state: CampaignState;
  rollout: RolloutSpec;
  targets: PlannedTarget[];
  /** Waves that were released: the first so many. */
  releasedWaves: number;
  /** A person resumed in spite of failures up to this wave. */
  toleratedWaveIndex?: number;
}

/** What is to be done now; each part may be empty. */
export interface CampaignPlan {
  /** Wave to release, by its place in the rollout. */
  releaseWave?: number;
  /** Targets whose jobs may start. */
  enqueue: string[];
  /** Changes that the policy approves. */
  approve: string[];
  /** Changes to publish. */
  publish: string[];
  /** Why the campaign must stop for a person. */
  pause?: string;
  complete: boolean;
  /** Why a completed campaign goes on. */
  reopen?: string;
}

const nothing: CampaignPlan = {
  enqueue: [],
  approve: [],
  publish: [],
  complete: false,
};

/** States that need nothing more, ever. */
const endStates: readonly TargetState[] = [
  'verified',
  'noChanges',
  'outOfScope',
  'rolledBack',
  'reverted',
];

/** States that a target at its end can still come to: the campaign then has work again. */
export const reopeningStates: readonly TargetState[] = [
  'driftedBack',
  'merged',
];

/**
 * What a campaign does next: a function of what is stored, so that any replica
 * comes to the same plan, and a crash loses nothing but the time to plan again.
 *
 * - A completed campaign goes on where a target drifted back.
 * - A paused campaign starts nothing; what runs is finished.
 * - A wave is released when the one before is at rest, with no change waiting
 *   for an approval, and no more of it failed than the threshold allows. A
 *   target that was red before any change is not held against the campaign.
 * - Jobs and pull requests are bounded by the rollout's limits.
 */
export function planCampaign(situation: CampaignSituation): CampaignPlan {
  if (situation.state === 'completed') return planCompleted(situation);
  if (situation.state !== 'active') return nothing;
  const { rollout, targets } = situation;
  const scope = targets.filter(
    ({ state }) => state !== 'outOfScope' && state !== 'candidate',
  );

  const pause = reasonToPause(situation);
  if (pause) return { ...nothing, pause };

  if (scope.length > 0 && scope.every(({ state }) => isEnd(state))) {
    const undecided = targets.some(({ state }) => state === 'candidate');
    return { ...nothing, complete: !undecided };
  }

  const releaseWave = nextWave(situation);
  const released = (releaseWave ?? situation.releasedWaves - 1) + 1;
  const busy =
    count(scope, 'queued') +
    count(scope, 'running') +
    count(scope, 'verifying');
  const open = count(scope, 'prOpen') + count(scope, 'publishing');
  const approve =
    rollout.approval === 'automatic'
      ? idsOf(
          scope.filter(({ approvalRequired }) => !approvalRequired),
          'proposed',
        )
      : [];
  return {
    releaseWave,
    enqueue: idsOf(
      scope.filter(({ waveIndex = 0 }) => waveIndex < released),
      'pending',
    ).slice(0, Math.max(0, rollout.concurrency - busy)),
    approve,
    publish: [...idsOf(scope, 'approved'), ...approve].slice(
      0,
      Math.max(0, rollout.openPullRequests - open),
    ),
    complete: false,
  };
}

function planCompleted({ targets }: CampaignSituation): CampaignPlan {
  const drifted = count(targets, 'driftedBack');
  if (drifted > 0) {
    const reopen = `${drifted} ${
      drifted === 1 ? 'target reads' : 'targets read'
    } the old dataset again. Retry, or have it changed by hand.`;
    return { ...nothing, reopen };
  }
  return targets.some(({ state }) => reopeningStates.includes(state))
    ? { ...nothing, reopen: 'A change was merged that is not verified yet' }
    : nothing;
}

function nextWave(situation: CampaignSituation): number | undefined {
  const { releasedWaves, rollout, targets } = situation;
  if (releasedWaves >= rollout.waves.length) return undefined;
  const waiting: TargetState[] = ['proposed', 'approved', 'publishing'];
  const healthy = targets
    .filter(({ waveIndex }) => (waveIndex ?? 0) < releasedWaves)
    .every(({ state }) => isAtRest(state) && !waiting.includes(state));
  return healthy ? releasedWaves : undefined;
}

function reasonToPause(situation: CampaignSituation): string | undefined {
  const { releasedWaves, rollout, targets, toleratedWaveIndex } = situation;
  for (let index = 0; index < releasedWaves; index += 1) {
    if (toleratedWaveIndex !== undefined && index <= toleratedWaveIndex) {
      continue;
    }
    const wave = targets.filter(
      ({ waveIndex, state }) => waveIndex === index && state !== 'outOfScope',
    );
    const failed = wave.filter(
      ({ state, failureKind }) =>
        state === 'failed' && failureKind !== 'baseline-failed',
    ).length;
    if (failed > 0 && failed > rollout.failureThreshold * wave.length) {
      return (
        `${failed} of the ${wave.length} targets in wave ` +
        `'${rollout.waves[index].name}' failed, more than the threshold of ` +
        `${Math.round(
          rollout.failureThreshold * 100,
        )}%. Look at the failures, ` +
        `then retry them or resume.`
      );
    }
  }
  return undefined;
}

function isEnd(state: TargetState): boolean {
  return endStates.includes(state);
}

function count(targets: PlannedTarget[], state: TargetState): number {
  return targets.filter(target => target.state === state).length;
}

function idsOf(targets: PlannedTarget[], state: TargetState): string[] {
  return targets
    .filter(target => target.state === state)
    .map(({ id }) => id)
    .sort();
}
