import { Campaign, Target } from '@skein/plugin-campaigns-common';
import { aPullRequest, aTarget } from '../testing/targets';
import { describeChanges } from './describeChanges';
import { cut, renderSummary } from './renderSummary';
import { summarize } from './summarize';

const campaign = {
  title: 'Retire users_v1',
  state: 'active',
  scope: { state: 'ready' },
  spec: { rollout: { approval: 'automatic' } },
} as Campaign;

const lineage: Target['reasons'][number] = {
  type: 'lineage',
  providers: ['dbt'],
  path: ['users_v1', 'report'],
  depth: 1,
};
const search: Target['reasons'][number] = {
  type: 'search',
  query: 'users_v1',
  provider: 'github',
  matches: [],
  total: 2,
};

const targets = [
  aTarget({ name: 'a', state: 'prOpen', reasons: [lineage, search] }),
  aTarget({ name: 'b', state: 'running', reasons: [search] }),
  aTarget({
    name: 'c',
    state: 'needsHuman',
    stateReason: 'gender: a person decides',
    reasons: [lineage],
  }),
  aTarget({
    name: 'd',
    state: 'failed',
    stateReason: 'its checks fail before any change',
  }),
  aTarget({ name: 'e', state: 'outOfScope', reasons: [lineage] }),
];

describe('the summary', () => {
  it('says how targets were found, and counts every target in scope once', () => {
    const { scope, steps } = summarize(campaign, targets);

    expect(scope).toMatchObject({
      inScope: 4,
      outOfScope: 1,
      byBoth: 1,
      byLineageOnly: 1,
      bySearchOnly: 1,
    });
    expect(steps.reduce((sum, it) => sum + it.count, 0)).toBe(4);
  });

  it('groups what needs a person by the reason', () => {
    const again = aTarget({
      name: 'f',
      state: 'needsHuman',
      stateReason: 'gender: a person decides',
    });

    const { needsPerson } = summarize(campaign, [...targets, again]);

    expect(needsPerson).toEqual([
      {
        why: 'gender: a person decides',
        targets: ['meridian/c', 'meridian/f'],
      },
      { why: 'its checks fail before any change', targets: ['meridian/d'] },
    ]);
  });

  it('fits the terminal and names the portal', () => {
    const lines = renderSummary(summarize(campaign, targets), {
      portalUrl: 'http://localhost:7007/campaigns/x',
      columns: 60,
    });

    expect(lines.every(it => it.length <= 60)).toBe(true);
    expect(lines.join('\n')).toContain('http://localhost:7007/campaigns/x');
    expect(lines.join('\n')).toContain('A person is needed for 2');
  });

  it('lets no control character of a repository reach the terminal', () => {
    expect(cut('red\u001b[31m\nalert\u009b', 80)).toBe('red [31m alert ');
  });
});

describe('describeChanges', () => {
  it('tells a target once, when it comes to a state worth telling', () => {
    const before = new Map<string, Target['state']>([
      [targets[2].id, 'running'],
      [targets[3].id, 'failed'],
    ]);
    const opened = { ...targets[0], pullRequest: aPullRequest(3) };

    expect(
      describeChanges(before, [opened, targets[1], targets[2], targets[3]]),
    ).toEqual([
      'meridian/a: pull request http://localhost:7071/meridian/year-in-music/pull/3',
      'meridian/c: needs a person: gender: a person decides',
    ]);
  });
});
