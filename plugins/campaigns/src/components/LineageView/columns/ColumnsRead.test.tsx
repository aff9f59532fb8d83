import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { InMemoryCampaigns } from '../../../../dev/fixture';
import { renderOnEntity } from '../../../__testUtils__/renderCampaigns';
import { CampaignsDataProvider } from '../../../data/CampaignsDataProvider';
import { ColumnsRead } from './ColumnsRead';

const columnsRead = (count: number, total = count) => ({
  dataset: 'user_data.users_v1',
  total,
  items: Array.from({ length: count }, (_, i) => ({
    column: `column_${i}`,
    uses: i === 0 ? ['filter', 'identity'] : [],
  })),
});

const dataset = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name: 'users' },
};

const render = (
  props: Parameters<typeof ColumnsRead>[0],
  api = new InMemoryCampaigns(),
) =>
  renderOnEntity(
    dataset,
    <CampaignsDataProvider>
      <ColumnsRead {...props} />
    </CampaignsDataProvider>,
    { api },
  );

describe('ColumnsRead', () => {
  it('lists the columns, and where one goes', async () => {
    const api = new InMemoryCampaigns();
    const asked = jest.spyOn(api, 'getColumnLineage');
    await render({ columnsRead: columnsRead(2) }, api);
    expect(screen.getByText(/2 columns of user_data.users_v1/)).toBeVisible();
    expect(screen.getByText('filter, identity')).toBeVisible();
    expect(asked).not.toHaveBeenCalled();

    await userEvent.click(screen.getByRole('button', { name: 'column_1' }));
    expect(
      await screen.findByRole('list', { name: 'Where column_1 goes' }),
    ).toHaveTextContent('column_1');
    expect(asked).toHaveBeenCalledWith(
      expect.objectContaining({
        dataset: 'user_data.users_v1',
        column: 'column_1',
      }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'column_1' }));
    expect(
      screen.queryByRole('list', { name: 'Where column_1 goes' }),
    ).toBeNull();
  });

  it('shows a few of many at first, and says what it leaves out', async () => {
    await render({ columnsRead: columnsRead(8, 300) });
    expect(screen.queryByRole('button', { name: 'column_7' })).toBeNull();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show the first 8' }),
    );
    expect(screen.getByRole('button', { name: 'column_7' })).toBeVisible();
    expect(screen.getByText(/and 292 more/)).toBeVisible();
  });
});
