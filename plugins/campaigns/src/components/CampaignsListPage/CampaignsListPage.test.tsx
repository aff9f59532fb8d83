import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { InMemoryCampaigns } from '../../../dev/fixture';
import { renderCampaigns } from '../../__testUtils__/renderCampaigns';

describe('CampaignsListPage', () => {
  it('shows how far each campaign is', async () => {
    await renderCampaigns('/campaigns');

    const row = (
      await screen.findByRole('link', { name: 'Retire user_data.users_v1' })
    ).closest('tr')!;
    expect(within(row).getByText('Active')).toBeInTheDocument();
    expect(row).toHaveTextContent('10 % done, 3 of 30 targets');
    expect(within(row).getByRole('img')).toHaveAccessibleName(
      /2 Verified.*5 Pull request open.*3 Failed/,
    );
  });

  it('asks the backend for what is searched and which states', async () => {
    const api = new InMemoryCampaigns();
    const list = jest.spyOn(api, 'listCampaigns');
    await renderCampaigns('/campaigns', { api });
    await screen.findByText('Retire user_data.users_v1');

    await userEvent.type(
      screen.getByRole('textbox', { name: 'Search campaigns' }),
      'sessions',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Draft' }));

    await waitFor(() =>
      expect(list).toHaveBeenLastCalledWith(
        expect.objectContaining({ search: 'sessions', states: ['draft'] }),
      ),
    );
    await waitFor(() =>
      expect(screen.queryByText('Retire user_data.users_v1')).toBeNull(),
    );
    expect(screen.getByText('Retire user_data.sessions_v1')).toBeVisible();
  });

  it('tells a newcomer how to begin', async () => {
    await renderCampaigns('/campaigns', { api: new InMemoryCampaigns([]) });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Create campaign from YAML' }),
    );

    expect(
      await screen.findByRole('textbox', { name: 'Campaign file' }),
    ).toBeVisible();
  });

  it('says why a person may not create one', async () => {
    await renderCampaigns('/campaigns', {
      denied: ['campaigns.campaign.create'],
    });

    const button = await screen.findByRole('button', {
      name: /Create campaign: You do not have the permission/,
    });
    expect(button).toHaveAttribute('aria-disabled', 'true');
    await userEvent.click(button);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('says why the list cannot be read, and reads it again on demand', async () => {
    const api = new InMemoryCampaigns();
    const list = jest
      .spyOn(api, 'listCampaigns')
      .mockRejectedValue(new Error('the database is away'));
    await renderCampaigns('/campaigns', { api });
    expect(
      (await screen.findAllByText(/the database is away/)).length,
    ).toBeGreaterThan(0);

    list.mockRestore();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

    expect(
      await screen.findByText('Retire user_data.users_v1'),
    ).toBeInTheDocument();
  });
});
