import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { InMemoryCampaigns } from '../../../../dev/fixture';
import { renderCampaigns } from '../../../__testUtils__/renderCampaigns';

const address = '/campaigns/retire-users-v1/targets';

async function open(
  path: string,
  api = new InMemoryCampaigns(),
  denied?: string[],
) {
  const list = jest.spyOn(api, 'listTargets');
  const rendered = await renderCampaigns(path, { api, denied });
  const table = await screen.findByRole('table', { name: 'Targets' });
  return { ...rendered, list, table };
}

describe('TargetsTab', () => {
  it('reads filter, order and page from the address', async () => {
    const { list } = await open(
      `${address}?state=failed&state=prOpen&owner=group%3Adefault%2Fgrowth&q=country&sort=updatedAt&order=desc&size=50`,
    );

    expect(list).toHaveBeenCalledWith('retire-users-v1', {
      states: ['failed', 'prOpen'],
      owners: ['group:default/growth'],
      search: 'country',
      sort: 'updatedAt',
      order: 'desc',
      offset: 0,
      limit: 50,
    });
    expect(
      screen.getByRole('link', { name: 'meridian/country-launches' }),
    ).toBeVisible();
  });

  it('filters, searches and sorts in the backend, and keeps it in the address', async () => {
    const { list, table } = await open(address);

    await userEvent.click(screen.getByRole('button', { name: 'State' }));
    await userEvent.click(
      within(screen.getByRole('dialog')).getByRole('checkbox', {
        name: /Failed/,
      }),
    );
    await userEvent.keyboard('{Escape}');
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Search targets' }),
      'fraud',
    );
    await userEvent.click(
      within(table).getByRole('button', { name: 'Framework' }),
    );

    await waitFor(() =>
      expect(list).toHaveBeenLastCalledWith(
        'retire-users-v1',
        expect.objectContaining({
          states: ['failed'],
          search: 'fraud',
          sort: 'framework',
          order: 'asc',
        }),
      ),
    );
    expect(screen.getByTestId('address')).toHaveTextContent(
      `${address}?state=failed&q=fraud&sort=framework`,
    );
  });

  it('pages in the backend', async () => {
    const { list } = await open(address);

    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));

    await waitFor(() =>
      expect(list).toHaveBeenLastCalledWith(
        'retire-users-v1',
        expect.objectContaining({ offset: 25, limit: 25 }),
      ),
    );
  });

  it('confirms a bulk action, then says what was skipped and why', async () => {
    const { api } = await open(`${address}?state=proposed&state=failed`);
    const approve = jest.spyOn(api, 'approveTargets');
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Select all on this page' }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Approve' }));

    const dialog = await screen.findByRole('dialog', {
      name: 'Approve 6 targets?',
    });
    expect(dialog).toHaveTextContent('Their pull requests are opened in turn');
    expect(dialog).toHaveTextContent('3 of them are in a state');
    expect(approve).not.toHaveBeenCalled();
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Approve 3 targets' }),
    );

    expect(
      await within(dialog).findByText(/3 targets were approved, 3 skipped/),
    ).toBeVisible();
    expect(dialog).toHaveTextContent(
      '3 targets skipped: Approve is not possible in the state “Failed”',
    );
    expect(
      within(dialog).getByRole('link', { name: 'meridian/fraud-signals' }),
    ).toBeVisible();
  });

  it('acts on all that match the filter, seen or not', async () => {
    const { api } = await open(
      `${address}?framework=dbt&framework=bigquery-runner`,
    );
    const skip = jest.spyOn(api, 'skipTargets');
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Select all on this page' }),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Select all 31 that match' }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Skip' }));

    const dialog = await screen.findByRole('dialog', {
      name: /Skip 31 targets/,
    });
    const confirm = within(dialog).getByRole('button', {
      name: 'Skip 31 targets',
    });
    expect(confirm).toBeDisabled();
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'Retired with the project',
    );
    await userEvent.click(confirm);

    await waitFor(() =>
      expect(skip).toHaveBeenCalledWith('retire-users-v1', {
        filter: { frameworks: ['dbt', 'bigquery-runner'] },
        reason: 'Retired with the project',
      }),
    );
  });

  it('says why an action cannot be used', async () => {
    await open(`${address}?state=failed`, undefined, [
      'campaigns.campaign.roll-back',
    ]);
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Select all on this page' }),
    );

    expect(
      screen.getByRole('button', {
        name: 'Approve: None of the selected targets is in a state that allows this',
      }),
    ).toHaveAttribute('aria-disabled', 'true');
    expect(
      screen.getByRole('button', {
        name: 'Roll back: You do not have the permission for this',
      }),
    ).toHaveAttribute('aria-disabled', 'true');
  });

  it('keeps what is shown while it is read again, and says when that failed', async () => {
    const { list, signal } = await open(address);
    list.mockRejectedValue(new Error('gateway timeout'));

    signal();

    expect(await screen.findByText(/Could not refresh/)).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'meridian/fraud-signals' }),
    ).toBeVisible();
  });
});
