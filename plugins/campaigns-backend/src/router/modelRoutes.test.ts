import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { RouterBench } from './__testUtils__/RouterBench';

describe('the API of what the model cost', () => {
  let backend: RouterBench;

  afterEach(async () => {
    await backend.stop();
  });

  it('tells what the model cost, and lets only those who may launch estimate it', async () => {
    let mayLaunch: AuthorizeResult = AuthorizeResult.DENY;
    backend = await RouterBench.start(permission =>
      permission === 'campaigns.campaign.launch'
        ? mayLaunch
        : AuthorizeResult.ALLOW,
    );
    const id = await backend.create();
    const spend = await backend.call('get', '/campaigns/retire-users/spend');
    expect(spend.status).toBe(200);
    expect(spend.body).toMatchObject({ currency: 'USD', spent: 0, calls: 0 });
    const denied = await backend.call('post', `/campaigns/${id}/estimate`);
    expect(denied.status).toBe(403);

    mayLaunch = AuthorizeResult.ALLOW;
    const refused = await backend.call(
      'post',
      '/campaigns/retire-users/estimate',
    );
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain('No model is connected');
    expect(backend.auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({ eventId: 'campaign-estimate' }),
    );
  });
});
