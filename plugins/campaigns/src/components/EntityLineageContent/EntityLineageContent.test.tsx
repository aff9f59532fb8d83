import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { InMemoryCampaigns } from '../../../dev/fixture';
import { renderOnEntity } from '../../__testUtils__/renderCampaigns';
import { EntityLineageContent } from './EntityLineageContent';

function dataset(name: string) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: { name, namespace: 'default' },
    spec: { type: 'dataset' },
  };
}

describe('EntityLineageContent', () => {
  it('lists who reads the dataset, and leads to the drafted campaign', async () => {
    await renderOnEntity(
      dataset('user_data.sessions_v1'),
      <EntityLineageContent />,
    );

    const table = await screen.findByRole('table', { name: 'Lineage' });
    expect(
      within(table).getAllByRole('link', { name: 'playlist-stats' }).length,
    ).toBeGreaterThan(0);
    expect(
      await screen.findByRole('button', { name: 'Start the campaign' }),
    ).toHaveAttribute('href', '/campaigns/retire-sessions-v1');
    expect(screen.getByText(/manifest.json is not JSON/)).toBeVisible();
  });

  it('searches by owner', async () => {
    await renderOnEntity(
      dataset('user_data.users_v1'),
      <EntityLineageContent />,
    );
    const table = await screen.findByRole('table', { name: 'Lineage' });

    await userEvent.type(
      screen.getByRole('textbox', { name: 'Search lineage' }),
      'finance',
    );

    await waitFor(() =>
      expect(
        within(table).queryByRole('link', { name: 'podcast-reports' }),
      ).toBeNull(),
    );
    expect(
      within(table).getByRole('link', { name: 'fraud-signals' }),
    ).toBeVisible();
  });

  it('reads upstream on demand', async () => {
    const api = new InMemoryCampaigns();
    const lineage = jest.spyOn(api, 'getLineage');
    await renderOnEntity(
      dataset('user_data.users_v1'),
      <EntityLineageContent />,
      { api },
    );
    await screen.findByRole('table', { name: 'Lineage' });

    await userEvent.click(screen.getByRole('button', { name: 'Upstream' }));

    await waitFor(() =>
      expect(lineage).toHaveBeenLastCalledWith(
        expect.objectContaining({
          dataset: 'resource:default/user_data.users_v1',
          direction: 'upstream',
          depth: 5,
        }),
      ),
    );
  });
});
