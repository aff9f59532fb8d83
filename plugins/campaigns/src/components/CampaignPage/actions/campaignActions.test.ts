import { Campaign } from '@skein/plugin-campaigns-common';
import { fixtureCampaigns } from '../../../../dev/fixture';
import { offeredActions } from './campaignActions';

const all = {
  update: true,
  launch: true,
  pause: true,
  cancel: true,
  rollBack: true,
};
const [{ campaign: active }, { campaign: draft }] = fixtureCampaigns();

function offered(campaign: Campaign, permissions = all) {
  return Object.fromEntries(
    offeredActions(campaign, permissions).map(({ action, unavailable }) => [
      action,
      unavailable ?? 'now',
    ]),
  );
}

describe('offeredActions', () => {
  it('offers what fits the state', () => {
    expect(offered(draft)).toEqual({ launch: 'now', cancel: 'now' });
    expect(offered(active)).toEqual({
      approve: 'now',
      pause: 'now',
      cancel: 'now',
    });
    expect(offered({ ...active, state: 'paused' })).toMatchObject({
      resume: 'now',
    });
    expect(offered({ ...active, state: 'completed' })).toEqual({});
  });

  it('says why a draft cannot be launched', () => {
    expect(
      offered({ ...draft, scope: { state: 'computing' } }).launch,
    ).toContain('being computed');
    expect(offered({ ...draft, scope: { state: 'none' } }).launch).toContain(
      'refresh it first',
    );
    expect(offered({ ...draft, inScope: 0 }).launch).toContain('no target');
    expect(offered(draft, { ...all, launch: false }).launch).toContain(
      'permission',
    );
  });
});
