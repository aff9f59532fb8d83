import { Campaign, TargetState } from '@skein/plugin-campaigns-common';
import { aTarget } from '../testing/targets';
import { isAtRest } from './isAtRest';

const campaign = (
  values: Partial<Pick<Campaign, 'state' | 'scope'>> = {},
  approval: 'automatic' | 'required' = 'automatic',
) =>
  ({
    state: 'active',
    scope: { state: 'ready' },
    ...values,
    spec: { rollout: { approval } },
  } as Pick<Campaign, 'state' | 'scope' | 'spec'>);

const nobody = new Set<string>();

describe('isAtRest', () => {
  it.each<TargetState>(['pending', 'queued', 'running', 'approved', 'merged'])(
    'waits for a target that is %s',
    state => {
      const targets = [
        aTarget({ state: 'verified' }),
        aTarget({ name: 'other', state }),
      ];
      expect(isAtRest(campaign(), targets, nobody)).toBe(false);
    },
  );

  it.each<TargetState>([
    'verified',
    'noChanges',
    'needsHuman',
    'failed',
    'prOpen',
    'closed',
    'outOfScope',
  ])('is over with a target that is %s', state => {
    expect(isAtRest(campaign(), [aTarget({ state })], nobody)).toBe(true);
  });

  it('waits for the owners who still merge', () => {
    const target = aTarget({ state: 'prOpen' });
    expect(isAtRest(campaign(), [target], new Set([target.id]))).toBe(false);
  });

  it('waits for a proposed change that nobody has to approve', () => {
    const targets = [aTarget({ state: 'proposed' })];
    expect(isAtRest(campaign(), targets, nobody)).toBe(false);
    expect(isAtRest(campaign({}, 'required'), targets, nobody)).toBe(true);
  });

  it('rests when paused, once what runs has finished', () => {
    const paused = campaign({ state: 'paused' });
    expect(isAtRest(paused, [aTarget({ state: 'running' })], nobody)).toBe(
      false,
    );
    expect(isAtRest(paused, [aTarget({ state: 'pending' })], nobody)).toBe(
      true,
    );
  });

  it('waits for the scope, unless it failed', () => {
    const computing = campaign({ scope: { state: 'computing' } });
    expect(isAtRest(computing, [], nobody)).toBe(false);
    expect(isAtRest(campaign({ scope: { state: 'failed' } }), [], nobody)).toBe(
      true,
    );
  });
});
