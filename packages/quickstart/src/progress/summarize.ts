import { Campaign, Target, TargetState } from '@skein/plugin-campaigns-common';
import { targetName } from '../outcome/compareWithExpected';

/** What a person at the terminal wants to know of a campaign. */
export interface Summary {
  title: string;
  state: string;
  scope: ScopeSummary;
  /** Targets in scope by what they are doing, in the order of their way; none is left out. */
  steps: Array<{ title: string; count: number }>;
  /** What needs a person, and why; most first. */
  needsPerson: Array<{ why: string; targets: string[] }>;
}

export interface ScopeSummary {
  /** While it is computed, or why it failed. */
  message?: string;
  inScope: number;
  repositories: number;
  byLineageOnly: number;
  bySearchOnly: number;
  byBoth: number;
  outOfScope: number;
}

const steps: Array<{ title: string; states: TargetState[] }> = [
  { title: 'waiting', states: ['pending', 'queued'] },
  { title: 'running', states: ['running'] },
  { title: 'proposed', states: ['proposed'] },
  { title: 'publishing', states: ['approved', 'publishing'] },
  { title: 'in an open pull request', states: ['prOpen'] },
  { title: 'merged', states: ['merged'] },
  { title: 'verified', states: ['verified'] },
  { title: 'nothing to change', states: ['noChanges'] },
  { title: 'need a person', states: ['needsHuman'] },
  { title: 'over budget', states: ['overBudget'] },
  { title: 'failed', states: ['failed', 'stopped'] },
  {
    title: 'closed or undone',
    states: ['closed', 'rolledBack', 'driftedBack', 'reverted'],
  },
];

export function summarize(campaign: Campaign, targets: Target[]): Summary {
  const inScope = targets.filter(isInScope);
  return {
    title: campaign.title,
    state: [campaign.state, campaign.stateReason].filter(Boolean).join(': '),
    scope: summarizeScope(campaign, targets, inScope),
    steps: steps
      .map(({ title, states }) => ({
        title,
        count: inScope.filter(it => states.includes(it.state)).length,
      }))
      .filter(it => it.count > 0),
    needsPerson: groupByReason(targets, campaign),
  };
}

export function isInScope(target: Target): boolean {
  return target.state !== 'outOfScope' && target.state !== 'candidate';
}

function summarizeScope(
  { scope }: Campaign,
  targets: Target[],
  inScope: Target[],
): ScopeSummary {
  const found = (target: Target, type: 'lineage' | 'search') =>
    target.reasons.some(it => it.type === type);
  const count = (lineage: boolean, search: boolean) =>
    inScope.filter(
      it => found(it, 'lineage') === lineage && found(it, 'search') === search,
    ).length;
  return {
    message: scope.state === 'ready' ? undefined : scope.message ?? scope.state,
    inScope: inScope.length,
    repositories: new Set(inScope.map(it => it.repository.name)).size,
    byLineageOnly: count(true, false),
    bySearchOnly: count(false, true),
    byBoth: count(true, true),
    outOfScope: targets.filter(it => it.state === 'outOfScope').length,
  };
}

function groupByReason(
  targets: Target[],
  campaign: Campaign,
): Summary['needsPerson'] {
  const groups = new Map<string, string[]>();
  for (const target of targets) {
    const why = whyPerson(target, campaign);
    if (why) groups.set(why, [...(groups.get(why) ?? []), targetName(target)]);
  }
  return [...groups]
    .map(([why, names]) => ({ why, targets: names }))
    .sort((a, b) => b.targets.length - a.targets.length);
}

/** Why a target waits for a person; undefined where it does not. */
export function whyPerson(
  target: Target,
  campaign: Pick<Campaign, 'state' | 'spec'>,
): string | undefined {
  switch (target.state) {
    case 'candidate':
      return 'somebody says whether it is in scope';
    case 'proposed':
      return campaign.state === 'active' &&
        campaign.spec.rollout.approval === 'required'
        ? 'the change waits for an approval'
        : undefined;
    case 'needsHuman':
    case 'failed':
    case 'overBudget':
    case 'stopped':
    case 'closed':
    case 'driftedBack':
    case 'reverted':
      return target.stateReason ?? target.failureKind ?? target.state;
    case 'prOpen':
      return target.noteCount > 0
        ? 'the pull request leaves notes for its owner'
        : undefined;
    default:
      return undefined;
  }
}
