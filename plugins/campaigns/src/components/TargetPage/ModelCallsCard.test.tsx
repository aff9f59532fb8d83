import { screen, within } from '@testing-library/react';
import { InMemoryCampaigns } from '../../../dev/fixture';
import { renderCampaigns } from '../../__testUtils__/renderCampaigns';

async function failedTarget(api: InMemoryCampaigns): Promise<string> {
  const { items } = await api.listTargets('retire-users-v1', {
    states: ['failed'],
  });
  return `/campaigns/retire-users-v1/targets/${items[0].id}`;
}

describe('ModelCallsCard', () => {
  it('lists what the newest job asked of the model, and what that cost', async () => {
    const api = new InMemoryCampaigns();
    const list = api.listModelCalls;
    jest.spyOn(api, 'listModelCalls').mockImplementation(async (job, page) => {
      const { items, totalItems } = await list(job, page);
      const [first, second, ...rest] = items;
      const cut = {
        ...second,
        outcome: 'failed' as const,
        message: 'The answer ended before it was complete',
        retries: 2,
        assumedCost: 0.02,
      };
      return { items: [first, cut, ...rest], totalItems };
    });
    await renderCampaigns(await failedTarget(api), { api });
    const table = await screen.findByRole('table', { name: 'Model calls' });
    const rows = within(table).getAllByRole('row');
    expect(rows).toHaveLength(7);
    expect(rows[1]).toHaveTextContent(/judgeend turn16 k75 %820\$0.039.4 s$/);
    expect(rows[2]).toHaveTextContent(
      'failed, at try 3: The answer ended before it was complete',
    );
    expect(rows[2]).toHaveTextContent('up to $0.03');
  });

  it('is not there where nothing was asked', async () => {
    const api = new InMemoryCampaigns();
    jest
      .spyOn(api, 'listModelCalls')
      .mockResolvedValue({ items: [], totalItems: 0 });
    await renderCampaigns(await failedTarget(api), { api });
    await screen.findByRole('heading', { name: 'Log' });
    expect(screen.queryByText('Model calls')).not.toBeInTheDocument();
  });
});
