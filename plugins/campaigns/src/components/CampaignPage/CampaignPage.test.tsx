import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NotFoundError } from '@backstage/errors';
import { InMemoryCampaigns } from '../../../dev/fixture';
import { renderCampaigns } from '../../__testUtils__/renderCampaigns';

describe('CampaignPage', () => {
  it('launches only once the number of targets is typed', async () => {
    const api = new InMemoryCampaigns();
    const launch = jest.spyOn(api, 'launchCampaign');
    const { alerts } = await renderCampaigns('/campaigns/retire-sessions-v1', {
      api,
    });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Launch' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Launch with 12 targets?',
    });
    expect(await within(dialog).findByText('bigquery-runner')).toBeVisible();
    expect(dialog).toHaveTextContent('insights4');
    const confirm = within(dialog).getByRole('button', {
      name: 'Launch 12 targets',
    });
    expect(confirm).toBeDisabled();
    await userEvent.type(within(dialog).getByRole('textbox'), '11');
    expect(confirm).toBeDisabled();
    await userEvent.clear(within(dialog).getByRole('textbox'));
    await userEvent.type(within(dialog).getByRole('textbox'), '12');
    await userEvent.click(confirm);

    await waitFor(() => expect(alerts).toContain('Launched with 12 targets.'));
    expect(launch).toHaveBeenCalledWith('retire-sessions-v1', {
      expectedTargets: 12,
    });
    expect(await screen.findByRole('button', { name: 'Pause' })).toBeVisible();
  });

  it('shows how the scope drifted, and what may make it incomplete', async () => {
    await renderCampaigns('/campaigns/retire-users-v1/scope');

    const list = await screen.findByRole('list', { name: 'What moved' });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual([
      expect.stringContaining('Camemeridian/listener-journeys'),
      expect.stringContaining('Camemeridian/ad-frequency'),
      expect.stringContaining('was in scope: models/a.sql:3 reads users_v1'),
      expect.stringContaining('owner growth → ads'),
    ]);
    expect(
      screen.getByText(/2 came, 1 went and 1 changed since the time before/),
    ).toBeVisible();
    expect(screen.getByRole('alert')).toHaveTextContent('the forge was down');
  });

  it('says so when the scope changed between look and launch', async () => {
    const api = new InMemoryCampaigns();
    jest
      .spyOn(api, 'launchCampaign')
      .mockRejectedValue(new Error('The scope has changed: 13 targets now'));
    await renderCampaigns('/campaigns/retire-sessions-v1', { api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Launch' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByRole('textbox'), '12');

    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Launch 12 targets' }),
    );

    expect(
      await within(dialog).findByText(/The scope has changed/),
    ).toBeVisible();
  });

  it('asks for a reason before it cancels', async () => {
    const api = new InMemoryCampaigns();
    const cancel = jest.spyOn(api, 'cancelCampaign');
    await renderCampaigns('/campaigns/retire-users-v1', { api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Cancel campaign' }),
    );
    const dialog = await screen.findByRole('dialog');
    const confirm = within(dialog).getByRole('button', {
      name: 'Cancel the campaign',
    });
    expect(confirm).toBeDisabled();

    await userEvent.type(within(dialog).getByRole('textbox'), 'Replaced');
    await userEvent.click(confirm);

    await waitFor(() =>
      expect(cancel).toHaveBeenCalledWith('retire-users-v1', {
        reason: 'Replaced',
      }),
    );
  });

  it('approves a wave at once', async () => {
    const api = new InMemoryCampaigns();
    const approve = jest.spyOn(api, 'approveTargets');
    await renderCampaigns('/campaigns/retire-users-v1', { api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve changes' }),
    );
    expect(
      screen.getByRole('radio', { name: 'early: 2 changes' }),
    ).toBeChecked();
    await userEvent.click(screen.getByRole('button', { name: 'Go on' }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve 2 targets' }),
    );

    expect(await screen.findByText(/2 targets were approved/)).toBeVisible();
    expect(approve).toHaveBeenCalledWith('retire-users-v1', {
      filter: { states: ['proposed'], waves: ['early'] },
    });
  });

  it('retries a group of failures', async () => {
    const api = new InMemoryCampaigns();
    const retry = jest.spyOn(api, 'retryTargets');
    await renderCampaigns('/campaigns/retire-users-v1', { api });
    const [first] = await screen.findAllByRole('button', {
      name: 'Retry these',
    });
    await userEvent.click(first);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Retry 1 target' }),
    );

    await waitFor(() =>
      expect(retry).toHaveBeenCalledWith('retire-users-v1', {
        filter: { states: ['failed'], failureKinds: ['baseline-failed'] },
      }),
    );
  });

  it('leads from the bar to the targets behind it', async () => {
    await renderCampaigns('/campaigns/retire-users-v1');

    await userEvent.click(
      await screen.findByRole('button', { name: '5 Pull request open' }),
    );

    expect(screen.getByTestId('address')).toHaveTextContent(
      '/campaigns/retire-users-v1/targets?state=prOpen',
    );
  });

  it('shows a change soon after a signal, without blanking', async () => {
    const api = new InMemoryCampaigns();
    const { signal } = await renderCampaigns('/campaigns/retire-users-v1', {
      api,
    });
    await screen.findByText('3 of 30 targets done (10 %).');
    await api.skipTargets('retire-users-v1', {
      filter: { states: ['pending'] },
      reason: 'Gone',
    });

    signal();

    expect(
      await screen.findByText('3 of 28 targets done (11 %).'),
    ).toBeVisible();
    expect(screen.queryByRole('status', { name: 'Loading' })).toBeNull();
  });

  it('takes a candidate into scope', async () => {
    const api = new InMemoryCampaigns();
    const include = jest.spyOn(api, 'includeTargets');
    await renderCampaigns('/campaigns/retire-users-v1/scope', { api });
    const candidates = await screen.findByRole('list', { name: 'Candidates' });
    const [item] = within(candidates).getAllByRole('listitem');
    expect(item).toHaveTextContent('no framework was recognised');
    await userEvent.click(
      within(item).getByRole('button', { name: 'Include' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Include 1 target' }),
    );

    await waitFor(() =>
      expect(include).toHaveBeenCalledWith('retire-users-v1', {
        targetIds: ['c1-t32'],
      }),
    );
  });

  it('says that there is no such campaign', async () => {
    const api = new InMemoryCampaigns();
    jest
      .spyOn(api, 'getCampaign')
      .mockRejectedValue(new NotFoundError("No campaign has the name 'x'"));
    await renderCampaigns('/campaigns/x', { api });

    expect(
      (await screen.findAllByText(/No campaign has the name 'x'/)).length,
    ).toBeGreaterThan(0);
  });
});
