import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { InMemoryCampaigns } from '../../../dev/fixture';
import { renderCampaigns } from '../../__testUtils__/renderCampaigns';

const withNotes = '/campaigns/retire-users-v1/targets/c1-t5';

describe('TargetPage', () => {
  it('shows why it is in scope, the change, its notes and how it was proven', async () => {
    await renderCampaigns(withNotes);

    expect(
      await screen.findByText('3 places need a decision by the owners'),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: /^sql\/audiences\/daily.sql:4/ }),
    ).toHaveAttribute(
      'href',
      'http://localhost:7071/meridian/ad-targeting/blob/HEAD/sql/audiences/daily.sql#L4',
    );
    const file = await screen.findByRole('region', {
      name: 'sql/audiences/daily.sql',
    });
    expect(within(file).getByRole('note')).toHaveTextContent(
      'A person decides: users_v2 holds a gender only where',
    );
    const checks = screen.getByRole('table', { name: 'Verification' });
    expect(within(checks).getByText('3 left for a person')).toBeVisible();
  });

  it('folds large files until they are asked for', async () => {
    await renderCampaigns(withNotes);
    const file = await screen.findByRole('region', {
      name: 'sql/audiences/seeds/countries.csv',
    });
    expect(file).not.toHaveTextContent('699,users_v2');

    await userEvent.click(
      within(file).getByRole('button', { name: 'Show it' }),
    );

    await waitFor(() => expect(file).toHaveTextContent('699,users_v2'));
  });

  it('shows what the agent did, and each turn and call of it in the log', async () => {
    await renderCampaigns(withNotes);

    expect(
      await screen.findByText(
        /Finished after 6 turns of claude-example: 66,410 tokens in \(92% from the cache\), 2,140 out/,
      ),
    ).toBeVisible();
    expect(
      screen.getByText(/does not say what to do with a NULL country/),
    ).toBeVisible();

    const log = await screen.findByRole('log');
    expect(log).toHaveTextContent('The rewriter left gender in daily.sql');
    const answer = within(log).getByLabelText('What verify answered');
    expect(answer).not.toBeVisible();
    await userEvent.click(within(log).getByText(/verify \(failed\)/));
    expect(answer).toBeVisible();
    expect(answer).toHaveTextContent('audience has no column country');
  });

  it('shows the words that an agent is told, when they are asked for', async () => {
    const api = new InMemoryCampaigns();
    const read = jest.spyOn(api, 'getPrompt');
    await renderCampaigns(withNotes, { api });
    const button = await screen.findByRole('button', {
      name: 'Show the prompt',
    });
    expect(read).not.toHaveBeenCalled();

    await userEvent.click(button);

    const dialog = await screen.findByRole('dialog', {
      name: 'What an agent is told',
    });
    expect(
      await within(dialog).findByText('claude-example would be called.'),
    ).toBeVisible();
    expect(within(dialog).getByRole('tabpanel')).toHaveTextContent(
      'What the rewriter left',
    );
    await userEvent.click(
      within(dialog).getByRole('tab', { name: 'Campaign' }),
    );
    expect(within(dialog).getByRole('tabpanel')).toHaveTextContent(
      '| user_id | user_identifier |',
    );
  });

  it('reads the log on from its last line while the job runs', async () => {
    const api = new InMemoryCampaigns();
    const events = jest.spyOn(api, 'listJobEvents');
    const { signal } = await renderCampaigns(
      '/campaigns/retire-users-v1/targets/c1-t14',
      { api },
    );
    const log = await screen.findByRole('log');
    expect(log).toHaveTextContent('dbt project found');
    expect(log).not.toHaveTextContent('Parses: passed');

    api.advance();
    signal();

    await waitFor(() => expect(log).toHaveTextContent('Parses: passed'));
    // It may have asked once more since.
    expect(events).toHaveBeenCalledWith('c1-t14-job2', { after: 4 });
    expect(within(log).getAllByText(/dbt project found/)).toHaveLength(1);
  });

  it('shows what gates and judge said of each patch, the last one first', async () => {
    const api = new InMemoryCampaigns();
    const look = {
      targetId: 'c1-t5',
      jobId: 'c1-t5-job1',
      revisionId: 'r1',
      patchDigest: '0',
      createdAt: '2026-01-01T00:00:00.000Z',
    };
    jest.spyOn(api, 'listReviews').mockResolvedValue({
      totalItems: 2,
      items: [
        {
          ...look,
          id: '2',
          round: 2,
          outcome: 'ask',
          findings: [],
          judge: {
            verdict: 'veto',
            reasons: [
              { file: 'sql/a.sql', line: 3, reason: 'The join mixes ids' },
            ],
            confidence: 0.75,
            model: 'the-model',
            promptDigest: 'd',
          },
        },
        {
          ...look,
          id: '1',
          round: 1,
          outcome: 'rejected',
          findings: [
            {
              gate: 'tests',
              action: 'block',
              file: 'sql/a_test.py',
              line: 7,
              message: 'The change keeps a test from running',
              evidence: '@pytest.mark.skip',
            },
          ],
        },
      ],
    });
    await renderCampaigns(withNotes, { api });

    expect(
      await screen.findByText(
        /Patch 2: Asks for a look, the gates found nothing/,
      ),
    ).toBeVisible();
    expect(screen.getByText('Judge · vetoes')).toBeVisible();
    expect(screen.getByText(/the-model, 75% sure/)).toBeVisible();
    expect(screen.getByRole('link', { name: /sql\/a.sql:3/ })).toBeVisible();
    expect(
      screen.getByText('The change keeps a test from running'),
    ).toBeVisible();
    expect(screen.getByText('@pytest.mark.skip')).toBeVisible();
  });

  it('shows what went wrong in a check, causes first, above its output', async () => {
    await renderCampaigns('/campaigns/retire-users-v1/targets/c1-t24');
    const checks = await screen.findByRole('table', { name: 'Verification' });
    const errors = within(checks).getByRole('list', { name: 'Errors' });
    expect(within(errors).getAllByRole('listitem')).toHaveLength(4);
    expect(
      within(errors).getByRole('link', {
        name: /models\/staging\/stg_accounts.sql:14/,
      }),
    ).toBeVisible();
    expect(errors).toHaveTextContent('pytest · test_plan');
    expect(checks).not.toHaveTextContent('not ok 3 - plan');

    await userEvent.click(
      within(checks).getByRole('button', { name: 'Show all 6 errors' }),
    );
    expect(within(errors).getAllByRole('listitem')).toHaveLength(6);
  });

  it('offers what the state and the permissions allow', async () => {
    await renderCampaigns('/campaigns/retire-users-v1/targets/c1-t11', {
      denied: ['campaigns.target.approve'],
    });

    expect(
      await screen.findByRole('button', {
        name: 'Approve: You do not have the permission for this',
      }),
    ).toHaveAttribute('aria-disabled', 'true');
    expect(screen.getByRole('button', { name: 'Skip' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
  });

  it('shows older jobs and why they failed', async () => {
    await renderCampaigns('/campaigns/retire-users-v1/targets/c1-t23');
    await screen.findByRole('log');

    await userEvent.click(
      screen.getByRole('button', { name: /Own checks fail before any change/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: /Runner was lost/ }),
    );

    await waitFor(() =>
      expect(screen.getByRole('log')).toHaveTextContent(
        'The runner was lost three times.',
      ),
    );
  });
});
