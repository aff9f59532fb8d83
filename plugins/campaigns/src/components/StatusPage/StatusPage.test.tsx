import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { InMemoryCampaigns } from '../../../dev/fixture';
import { renderCampaigns } from '../../__testUtils__/renderCampaigns';

/** An installation whose jobs are plain processes. */
async function withoutSandbox(): Promise<InMemoryCampaigns> {
  const api = new InMemoryCampaigns();
  const status = await api.getStatus();
  jest.spyOn(api, 'getStatus').mockResolvedValue({
    ...status,
    executor: {
      ...status.executor,
      sandboxed: false,
      sandbox: 'bubblewrap is not installed: jobs can read <b>all</b> files.',
    },
  });
  return api;
}

describe('the status page', () => {
  it('says of each defence whether it holds on this machine, missing ones first', async () => {
    await renderCampaigns('/campaigns');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Status' }),
    );

    const table = await screen.findByRole('table', {
      name: 'What confines jobs',
    });
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows.map(row => row.textContent)).toEqual([
      expect.stringMatching(/^Limit of threadsNo.*Linux 5\.14/),
      expect.stringMatching(/^SandboxYes.*bubblewrap/),
    ]);
    expect(screen.getByText('Missing on this machine: 1 of 2')).toBeVisible();
  });

  it('says so where the executor lists none', async () => {
    const api = new InMemoryCampaigns();
    const status = await api.getStatus();
    jest.spyOn(api, 'getStatus').mockResolvedValue({
      ...status,
      executor: { ...status.executor, id: 'remote', defences: [] },
    });
    await renderCampaigns('/campaigns/status', { api });

    expect(
      await screen.findByText(
        /^The executor remote does not list its defences/,
      ),
    ).toBeVisible();
  });
});

describe('an installation whose jobs have no sandbox', () => {
  it.each([
    '/campaigns',
    '/campaigns/retire-users-v1',
    '/campaigns/retire-users-v1/targets',
    '/campaigns/retire-users-v1/context',
    '/campaigns/retire-users-v1/targets/t1',
  ])('says so at the top of %s, and where to read more', async path => {
    await renderCampaigns(path, { api: await withoutSandbox() });

    const title = await screen.findByText('Jobs run without a sandbox');
    const alert = title.closest<HTMLElement>('[role=alert]')!;
    expect(alert).toHaveTextContent('jobs can read <b>all</b> files.');
    expect(within(alert).getByRole('link')).toHaveAttribute(
      'href',
      '/campaigns/status',
    );
  });

  it('says nothing of it where they have one', async () => {
    const api = new InMemoryCampaigns();
    const asked = jest.spyOn(api, 'getStatus');
    await renderCampaigns('/campaigns/retire-users-v1', { api });
    await screen.findByText('3 of 30 targets done (10 %).');

    expect(asked).toHaveBeenCalled();
    expect(screen.queryByText('Jobs run without a sandbox')).toBeNull();
  });
});
