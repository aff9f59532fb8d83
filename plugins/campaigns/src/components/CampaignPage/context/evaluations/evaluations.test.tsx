import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { campaignLaunchPermission } from '@skein/plugin-campaigns-common';
import { InMemoryCampaigns } from '../../../../../dev/fixture';
import { renderCampaigns } from '../../../../__testUtils__/renderCampaigns';

const name = 'retire-users-v1';
const evaluations = `/campaigns/${name}/context/evaluations`;

/** The fixture begins with one that runs, and takes no other meanwhile. */
async function withNothingRunning() {
  const api = new InMemoryCampaigns();
  await api.stopEvaluation(name, 'evaluation-7');
  return { api, start: jest.spyOn(api, 'startEvaluation') };
}

describe('evaluations', () => {
  it('tries a revision on a sample, after it has said what that costs', async () => {
    const { api, start } = await withNothingRunning();
    await renderCampaigns(evaluations, { api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Evaluate a revision' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('Nothing leaves the backend');
    expect(
      await within(dialog).findByText(
        /About \$\d+\.\d\d.*\$11\.08 are left of the campaign's budget/,
      ),
    ).toBeVisible();

    // Three of the thirty are merged: there is nothing left to try in them.
    expect(dialog).toHaveTextContent('At most 27, which are not merged yet');
    const size = within(dialog).getByRole('spinbutton');
    await userEvent.clear(size);
    expect(within(dialog).getByRole('button', { name: 'Try' })).toBeDisabled();
    await userEvent.type(size, '4');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Try 4 targets' }),
    );

    await waitFor(() =>
      expect(start).toHaveBeenCalledWith(name, {
        revisionId: 'rev-4',
        sample: { size: 4 },
      }),
    );
    expect(
      await screen.findByRole('heading', { name: 'Evaluation 8' }),
    ).toBeVisible();
  });

  it('tries another revision on the same targets', async () => {
    const { api, start } = await withNothingRunning();
    await renderCampaigns(`${evaluations}/evaluation-5`, { api });
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Evaluate on the same targets',
      }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Try 12 targets' }),
    );

    await waitFor(() =>
      expect(start).toHaveBeenCalledWith(name, {
        revisionId: 'rev-4',
        sample: { sameAs: 'evaluation-5' },
      }),
    );
  });

  it('tries a revision on targets that were ticked in the table', async () => {
    const { api, start } = await withNothingRunning();
    await renderCampaigns(`/campaigns/${name}/targets?size=100`, { api });
    for (const repository of ['churn-features/jobs', 'podcast-reports']) {
      await userEvent.click(
        await screen.findByRole('checkbox', {
          name: `Select meridian/${repository}`,
        }),
      );
    }
    await userEvent.click(
      screen.getByRole('button', { name: 'Try a revision' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Try 2 targets' }),
    );

    await waitFor(() =>
      expect(start).toHaveBeenCalledWith(name, {
        revisionId: 'rev-4',
        sample: { targetIds: ['c1-t3', 'c1-t2'] },
      }),
    );
  });

  it('says in the dialog why it was not started', async () => {
    await renderCampaigns(evaluations);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Evaluate a revision' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Try 10 targets' }),
    );

    expect(
      await screen.findByText(/are being tried by evaluation 7/),
    ).toBeVisible();
  });

  it('takes the permission to launch', async () => {
    await renderCampaigns(evaluations, {
      denied: [campaignLaunchPermission.name],
    });

    expect(
      await screen.findByRole('button', {
        name: 'Evaluate a revision: You do not have the permission for this',
      }),
    ).toHaveAttribute('aria-disabled', 'true');
  });

  it('advances before the eyes, and is stopped after asking', async () => {
    const api = new InMemoryCampaigns();
    const stop = jest.spyOn(api, 'stopEvaluation');
    const { signal } = await renderCampaigns(`${evaluations}/evaluation-7`, {
      api,
    });
    expect(await screen.findByText('7 of 20 ended')).toBeVisible();
    act(() => api.advance());
    signal();
    expect(await screen.findByText('8 of 20 ended')).toBeVisible();

    await userEvent.click(screen.getByRole('button', { name: 'Stop' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('12 trials will not be finished');
    expect(stop).not.toHaveBeenCalled();
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Stop it' }),
    );

    expect(await screen.findAllByText('Stopped')).not.toHaveLength(0);
    expect(stop).toHaveBeenCalledWith(name, 'evaluation-7');
  });

  it('lists trials with their reasons, by outcome where asked', async () => {
    await renderCampaigns(`${evaluations}/evaluation-4?outcome=failed`);

    const table = await screen.findByRole('table', { name: 'Trials' });
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows).toHaveLength(4);
    expect(rows[0]).toHaveTextContent(
      /podcast-reports.*Failed.*tests\/run\.sh failed: unknown column: plan/,
    );
  });

  it('shows diff, reviews and log of a trial', async () => {
    await renderCampaigns(
      `${evaluations}/evaluation-5/trials/evaluation-5-c1-t3`,
    );

    expect(
      await screen.findByRole('heading', {
        name: 'meridian/churn-features/jobs',
      }),
    ).toBeVisible();
    expect(
      await screen.findByRole('region', { name: 'jobs/daily.sql' }),
    ).toBeVisible();
    expect(await screen.findByText('Judge · vetoes')).toBeVisible();
    expect(screen.getByText('Judge · accepts')).toBeVisible();
    expect(await screen.findByRole('log')).toHaveTextContent('Source of 412');
  });

  it('shows what the agent of a trial is told', async () => {
    const api = new InMemoryCampaigns();
    const read = jest.spyOn(api, 'getPrompt');
    await renderCampaigns(
      `${evaluations}/evaluation-5/trials/evaluation-5-c1-t3`,
      { api },
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show the prompt' }),
    );

    expect(await screen.findByText('What an agent is told')).toBeVisible();
    const { revisionId } = await api.getEvaluation(name, 'evaluation-5');
    expect(read).toHaveBeenCalledWith(expect.any(String), { revisionId });
  });

  it('shows what became worse first, with both diffs', async () => {
    await renderCampaigns(
      `${evaluations}/compare?base=evaluation-4&head=evaluation-6`,
    );

    const table = await screen.findByRole('table', {
      name: 'Targets of both evaluations',
    });
    const changes = within(table)
      .getAllByRole('row')
      .slice(1)
      .map(row => row.querySelector('td')!.textContent);
    expect(changes.slice(0, 3)).toEqual(['Worse', 'Worse', 'Better']);
    expect(screen.getByText('2 worse')).toBeVisible();
    expect(
      within(table).getByRole('link', {
        name: 'Diff and log of meridian/subscription-ledger in evaluation 4',
      }),
    ).toHaveAttribute(
      'href',
      `${evaluations}/evaluation-4/trials/evaluation-4-c1-t7`,
    );
    expect(
      within(table).getByRole('link', {
        name: 'Diff and log of meridian/subscription-ledger in evaluation 6',
      }),
    ).toBeVisible();
    const figures = screen.getByRole('table', {
      name: 'Figures of both evaluations',
    });
    expect(
      within(figures).getByRole('row', { name: /^Pass rate/ }),
    ).toHaveTextContent('50 %75 %+25 points better');
  });
});
