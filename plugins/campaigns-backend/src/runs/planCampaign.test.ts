import { RolloutSpec, targetStates } from '@skein/plugin-campaigns-common';
import fc from 'fast-check';
import { CampaignSituation, planCampaign, PlannedTarget } from './planCampaign';

const rollout: RolloutSpec = {
  waves: [
    { name: 'canary', size: 2 },
    { name: 'everyone', share: 1 },
  ],
  concurrency: 2,
  openPullRequests: 2,
  failureThreshold: 0.5,
  approval: 'required',
  separateApprover: false,
};

function situation(
  targets: Array<Partial<PlannedTarget>>,
  change: Partial<CampaignSituation> = {},
): CampaignSituation {
  return {
    state: 'active',
    rollout,
    releasedWaves: 1,
    targets: targets.map((target, index) => ({
      id: `t${index}`,
      state: 'pending',
      waveIndex: 0,
      ...target,
    })),
    ...change,
  };
}

describe('planCampaign', () => {
  it('releases the first wave and starts no more jobs than allowed', () => {
    const plan = planCampaign(
      situation([{}, {}, {}, { waveIndex: 1 }], { releasedWaves: 0 }),
    );
    expect(plan.releaseWave).toBe(0);
    expect(plan.enqueue).toEqual(['t0', 't1']);
  });

  it('counts what already waits or runs against the limit', () => {
    expect(
      planCampaign(situation([{ state: 'running' }, {}, {}])).enqueue,
    ).toEqual(['t1']);
  });

  it('does not start a wave that is not released', () => {
    const plan = planCampaign(
      situation([{ state: 'running' }, { waveIndex: 1 }]),
    );
    expect(plan.releaseWave).toBeUndefined();
    expect(plan.enqueue).toEqual([]);
  });

  it('approves by policy nothing whose review asks for a person', () => {
    const plan = planCampaign(
      situation(
        [{ state: 'proposed' }, { state: 'proposed', approvalRequired: true }],
        { rollout: { ...rollout, approval: 'automatic' } },
      ),
    );
    expect(plan.approve).toEqual(['t0']);
    expect(plan.publish).toEqual(['t0']);
  });

  it('waits for approvals before the next wave', () => {
    expect(
      planCampaign(situation([{ state: 'proposed' }, { waveIndex: 1 }]))
        .releaseWave,
    ).toBeUndefined();
    expect(
      planCampaign(situation([{ state: 'prOpen' }, { waveIndex: 1 }]))
        .releaseWave,
    ).toBe(1);
  });

  it('approves by itself only where the policy says so', () => {
    const targets = [{ state: 'proposed' as const }];
    expect(planCampaign(situation(targets)).approve).toEqual([]);
    const plan = planCampaign(
      situation(targets, { rollout: { ...rollout, approval: 'automatic' } }),
    );
    expect(plan.approve).toEqual(['t0']);
    expect(plan.publish).toEqual(['t0']);
  });

  it('opens no more pull requests than allowed', () => {
    const plan = planCampaign(
      situation([
        { state: 'prOpen' },
        { state: 'approved' },
        { state: 'approved' },
      ]),
    );
    expect(plan.publish).toEqual(['t1']);
  });

  it('pauses where too many of a wave failed', () => {
    const plan = planCampaign(
      situation([
        { state: 'failed', failureKind: 'verification-failed' },
        { state: 'failed', failureKind: 'timeout' },
        { state: 'prOpen' },
        { waveIndex: 1 },
      ]),
    );
    expect(plan.pause).toContain("2 of the 3 targets in wave 'canary' failed");
    expect(plan.enqueue).toEqual([]);
  });

  it('does not hold it against the campaign that a build was red before', () => {
    const red = {
      state: 'failed' as const,
      failureKind: 'baseline-failed' as const,
    };
    const plan = planCampaign(situation([red, red, { waveIndex: 1 }]));
    expect(plan.pause).toBeUndefined();
    expect(plan.releaseWave).toBe(1);
  });

  it('counts targets that are over budget apart: they stop nothing, and are no end', () => {
    const over = { state: 'overBudget' as const };
    const plan = planCampaign(situation([over, over, { waveIndex: 1 }]));
    expect(plan.pause).toBeUndefined();
    // What the mapping tables can do goes on.
    expect(plan.releaseWave).toBe(1);
    expect(planCampaign(situation([over])).complete).toBe(false);
  });

  it('goes on after a person resumed', () => {
    const failed = {
      state: 'failed' as const,
      failureKind: 'timeout' as const,
    };
    expect(
      planCampaign(
        situation([failed, failed, { waveIndex: 1 }], {
          toleratedWaveIndex: 0,
        }),
      ).releaseWave,
    ).toBe(1);
  });

  it('is complete when all in scope have reached their end', () => {
    expect(
      planCampaign(
        situation([
          { state: 'verified' },
          { state: 'noChanges' },
          { state: 'outOfScope' },
        ]),
      ).complete,
    ).toBe(true);
    for (const state of ['merged', 'needsHuman', 'candidate'] as const) {
      const plan = planCampaign(situation([{ state: 'verified' }, { state }]));
      expect(plan.complete).toBe(false);
    }
  });

  it('goes on with a completed campaign where a target reads the old dataset again', () => {
    const completed = (...states: Array<PlannedTarget['state']>) =>
      planCampaign(
        situation(
          states.map(state => ({ state })),
          { state: 'completed' },
        ),
      );
    expect(completed('verified', 'driftedBack').reopen).toContain(
      '1 target reads the old dataset again',
    );
    // Rolled back too late: it was merged.
    expect(completed('verified', 'merged').reopen).toBeDefined();
    expect(completed('verified', 'rolledBack', 'outOfScope').reopen).toBe(
      undefined,
    );
    expect(completed('pending', 'driftedBack')).toMatchObject({
      enqueue: [],
      publish: [],
      complete: false,
    });
  });

  it('does nothing unless the campaign is active, and keeps within its limits', () => {
    const target = fc.record({
      state: fc.constantFrom(...targetStates),
      waveIndex: fc.constantFrom(0, 1),
      failureKind: fc.constantFrom(
        undefined,
        'timeout' as const,
        'baseline-failed' as const,
      ),
    });
    fc.assert(
      fc.property(
        fc.array(target, { maxLength: 40 }),
        fc.constantFrom(
          'active' as const,
          'paused' as const,
          'draft' as const,
          'cancelled' as const,
        ),
        fc.integer({ min: 0, max: 2 }),
        (targets, state, releasedWaves) => {
          const input = situation(targets, { state, releasedWaves });
          const plan = planCampaign(input);
          const acts =
            plan.enqueue.length + plan.approve.length + plan.publish.length;
          const mayAct = state === 'active' && !plan.pause && !plan.complete;
          expect(mayAct || acts === 0).toBe(true);
          const count = (...states: string[]) =>
            input.targets.filter(t => states.includes(t.state)).length;
          expect(plan.enqueue.length).toBeLessThanOrEqual(
            Math.max(0, rollout.concurrency - count('queued', 'running')),
          );
          expect(plan.publish.length).toBeLessThanOrEqual(
            Math.max(
              0,
              rollout.openPullRequests - count('prOpen', 'publishing'),
            ),
          );
          const byId = new Map(input.targets.map(t => [t.id, t]));
          for (const id of plan.enqueue) {
            expect(byId.get(id)!.state).toBe('pending');
          }
          // The same situation gives the same plan, whoever makes it.
          expect(
            planCampaign({ ...input, targets: [...input.targets].reverse() }),
          ).toEqual(plan);
        },
      ),
    );
  });
});
