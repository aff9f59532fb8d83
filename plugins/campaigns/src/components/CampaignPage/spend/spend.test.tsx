import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { InMemoryCampaigns } from '../../../../dev/fixture';
import { renderCampaigns } from '../../../__testUtils__/renderCampaigns';

const spendCard = () => screen.findByLabelText('Spend');

const noModel = {
  available: false,
  message:
    'No model is connected: changes come from mapping tables alone, and what needs judgement is left to people.',
};

async function withoutModel(api: InMemoryCampaigns) {
  const status = await api.getStatus();
  jest.spyOn(api, 'getStatus').mockResolvedValue({ ...status, model: noModel });
}

describe('spend', () => {
  it('shows what was spent of the budget, on which days and for what, beside the estimate', async () => {
    await renderCampaigns('/campaigns/retire-users-v1');
    const card = await spendCard();
    expect(
      await within(card).findByText('$8.30 of $20.00 spent (42 %).'),
    ).toBeVisible();
    expect(card).toHaveTextContent('282, 4.7 M tokens');
    expect(card).toHaveTextContent('75 % of the input');
    expect(card).toHaveTextContent('$0.62 at most, by calls under way');
    expect(card).toHaveTextContent('About $12.40, between $6.10 and $24.90');
    const days = within(card).getByRole('list', { name: 'Spent per day' });
    // The day without a call has its place.
    expect(within(days).getAllByRole('listitem')).toHaveLength(7);
    const table = within(card).getByRole('table');
    expect(
      within(table).getByRole('row', { name: /^Judge \$0.90 31/ }),
    ).toBeVisible();
    expect(
      within(table).getByRole('row', { name: /^Revision 2 \$5.20 190/ }),
    ).toBeVisible();
  });

  it('leads to the targets that are over budget', async () => {
    const api = new InMemoryCampaigns();
    const get = api.getCampaign;
    jest.spyOn(api, 'getCampaign').mockImplementation(async name => {
      const campaign = await get(name);
      return { ...campaign, counts: { ...campaign.counts, overBudget: 3 } };
    });
    await renderCampaigns('/campaigns/retire-users-v1', { api });
    const link = await within(await spendCard()).findByRole('link', {
      name: '3 targets',
    });
    expect(link).toHaveAttribute('href', expect.stringContaining('overBudget'));
  });

  it('says plainly that no model is connected', async () => {
    const api = new InMemoryCampaigns();
    await withoutModel(api);
    await renderCampaigns('/campaigns/retire-sessions-v1', { api });
    expect(
      await within(await spendCard()).findByText(noModel.message),
    ).toBeVisible();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Launch' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText(noModel.message)).toBeVisible();
    expect(
      within(dialog).queryByRole('button', { name: 'Estimate the cost' }),
    ).not.toBeInTheDocument();
  });

  it('estimates the cost before the launch, and warns of a budget that is too small', async () => {
    const api = new InMemoryCampaigns();
    const spend = api.getSpend;
    jest.spyOn(api, 'getSpend').mockImplementation(async name => ({
      ...(await spend(name)),
      budget: { amount: 5, tokens: {} },
    }));
    await renderCampaigns('/campaigns/retire-sessions-v1', { api });
    expect(
      await within(await spendCard()).findByText(
        /The model has not been asked yet/,
      ),
    ).toBeVisible();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Launch' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      await within(dialog).findByRole('button', { name: 'Estimate the cost' }),
    );
    expect(
      await within(dialog).findByText(
        'About $12.40, between $6.10 and $24.90.',
      ),
    ).toBeVisible();
    expect(dialog).toHaveTextContent(
      '10 targets were looked at, of which 7 need the model',
    );
    expect(within(dialog).getByRole('alert')).toHaveTextContent(
      'more than the $5.00 that are left of the budget',
    );
    // Kept: it stands beside what it will really cost.
    await waitFor(async () =>
      expect(await spendCard()).toHaveTextContent('About $12.40'),
    );
  });

  it('shows why an estimate cannot be made', async () => {
    const api = new InMemoryCampaigns();
    jest
      .spyOn(api, 'estimateCost')
      .mockRejectedValue(
        new Error('None of the sampled targets could be read'),
      );
    await renderCampaigns('/campaigns/retire-sessions-v1', { api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Launch' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      await within(dialog).findByRole('button', { name: 'Estimate the cost' }),
    );
    expect(
      await within(dialog).findByText(
        'None of the sampled targets could be read',
      ),
    ).toBeVisible();
  });
});
