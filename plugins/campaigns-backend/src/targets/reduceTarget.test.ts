import { targetStates, TargetState } from '@skein/plugin-campaigns-common';
import fc from 'fast-check';
import {
  canHappen,
  reduceTarget,
  TargetEvent,
  TargetStatus,
} from './reduceTarget';

const reason = fc.constantFrom('because', 'otherwise');

const anyEvent: fc.Arbitrary<TargetEvent> = fc.oneof(
  fc.constantFrom<TargetEvent>(
    { type: 'included' },
    { type: 'retried' },
    { type: 'queued' },
    { type: 'started' },
    { type: 'approved' },
    { type: 'publishing' },
    { type: 'opened' },
    { type: 'merged' },
    { type: 'verified' },
  ),
  fc.record({
    type: fc.constantFrom(
      'excluded' as const,
      'undecided' as const,
      'released' as const,
      'stopped' as const,
      'publishFailed' as const,
      'closed' as const,
      'stillReads' as const,
      'rolledBack' as const,
      'reverted' as const,
    ),
    reason,
  }),
  fc.record({
    type: fc.constant('finished' as const),
    outcome: fc.constantFrom(
      'proposed' as const,
      'noChanges' as const,
      'needsHuman' as const,
      'failed' as const,
      'overBudget' as const,
    ),
    reason,
  }),
);

function run(start: TargetState, ...events: TargetEvent[]): TargetState {
  return events.reduce((status, event) => reduceTarget(status, event), {
    state: start,
  } as ReturnType<typeof reduceTarget>).state;
}

/** The next status, or undefined where the event is refused. */
function attempt(
  status: TargetStatus,
  event: TargetEvent,
): TargetStatus | undefined {
  try {
    return reduceTarget(status, event);
  } catch {
    return undefined;
  }
}

describe('reduceTarget', () => {
  it('takes a target all the way to verified', () => {
    expect(
      run(
        'candidate',
        { type: 'included' },
        { type: 'queued' },
        { type: 'started' },
        { type: 'finished', outcome: 'proposed', reason: '3 edits' },
        { type: 'approved' },
        { type: 'publishing' },
        { type: 'opened' },
        { type: 'merged' },
        { type: 'verified' },
      ),
    ).toBe('verified');
  });

  it('goes back to the queue when a runner is lost', () => {
    expect(
      run('running', { type: 'released', reason: 'the runner was lost' }),
    ).toBe('queued');
  });

  it('shows a verified consumer that reads the old dataset again as drifted back', () => {
    const event = { type: 'stillReads', reason: 'models/a.sql:3' } as const;
    expect(run('verified', event)).toBe('driftedBack');
    expect(run('merged', event)).toBe('merged');
  });

  it('keeps why a target failed, and forgets it when the target moves on', () => {
    const failed = reduceTarget(
      { state: 'running' },
      {
        type: 'finished',
        outcome: 'failed',
        reason: 'make test failed',
        failureKind: 'verification-failed',
      },
    );
    expect(failed).toEqual({
      state: 'failed',
      stateReason: 'make test failed',
      failureKind: 'verification-failed',
    });
    expect(reduceTarget(failed, { type: 'retried' })).toEqual({
      state: 'pending',
      stateReason: undefined,
      failureKind: undefined,
    });
  });

  it('lets a target that is over budget be tried again', () => {
    const event = { type: 'finished', outcome: 'overBudget' } as const;
    const status = reduceTarget(
      { state: 'running' },
      { ...event, reason: 'The budget of the job has no room' },
    );
    expect(status.failureKind).toBe(undefined);
    expect(run(status.state, { type: 'retried' })).toBe('pending');
  });

  it('refuses what is not legal, and says what would be', () => {
    expect(() =>
      reduceTarget({ state: 'pending' }, { type: 'merged' }),
    ).toThrow(
      "A target that is 'pending' cannot be 'merged'; that needs one of: publishing, prOpen, closed, rolledBack",
    );
  });

  it('never leaves the known states, and refuses exactly what cannot happen', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...targetStates),
        fc.array(anyEvent, { maxLength: 30 }),
        (start, events) => {
          let status: TargetStatus = { state: start };
          for (const event of events) {
            const next = attempt(status, event);
            expect(next !== undefined).toBe(
              canHappen(status.state, event.type),
            );
            status = next ?? status;
            expect(targetStates).toContain(status.state);
          }
        },
      ),
    );
  });

  it('has a kind of failure exactly where a target failed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...targetStates),
        anyEvent,
        (state, event) => {
          const next = attempt({ state }, event);
          expect(next?.failureKind !== undefined).toBe(
            next?.state === 'failed',
          );
        },
      ),
    );
  });

  it('opens a pull request only for what was approved', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), events => {
        let status: TargetStatus = { state: 'pending' };
        let approved = false;
        for (const event of events) {
          const next = attempt(status, event);
          approved ||= next !== undefined && event.type === 'approved';
          status = next ?? status;
          expect(status.state !== 'prOpen' || approved).toBe(true);
        }
      }),
    );
  });
});
