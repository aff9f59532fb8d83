import fc from 'fast-check';
import { reducePullRequest } from './reducePullRequest';
import { canHappen, reduceTarget, TargetStatus } from '../targets/reduceTarget';

const states = fc.constantFrom<'open' | 'closed' | 'merged'>(
  'open',
  'closed',
  'merged',
);

describe('reducePullRequest', () => {
  it.each([
    ['open', 'merged', ['merged']],
    ['open', 'closed', ['closed']],
    ['closed', 'open', ['opened']],
    ['closed', 'merged', ['merged']],
    ['merged', 'open', []],
    ['merged', 'closed', []],
  ] as const)('%s to %s', (before, after, events) => {
    expect(
      reducePullRequest({ state: before }, { state: after }).map(
        event => event.type,
      ),
    ).toEqual(events);
  });

  it('means nothing to look twice', () => {
    fc.assert(
      fc.property(states, state => {
        expect(reducePullRequest({ state }, { state })).toEqual([]);
      }),
    );
  });

  it('leads a target to where its pull request is, whatever looks were missed', () => {
    fc.assert(
      fc.property(fc.array(states), looks => {
        let target: TargetStatus = { state: 'prOpen' };
        let before: 'open' | 'closed' | 'merged' = 'open';
        for (const after of looks) {
          // A merge is the end of a pull request.
          if (before === 'merged') break;
          for (const event of reducePullRequest(
            { state: before },
            { state: after },
          )) {
            expect(canHappen(target.state, event.type)).toBe(true);
            target = reduceTarget(target, event);
          }
          before = after;
        }
        expect(target.state).toBe(before === 'open' ? 'prOpen' : before);
      }),
    );
  });
});
