import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Target } from '@skein/plugin-campaigns-common';
import { InMemoryCampaigns } from '../../../../dev/fixture';
import { renderCampaigns } from '../../../__testUtils__/renderCampaigns';

/** A campaign in which a person has this many candidates to decide. */
async function withCandidates(count: number) {
  const api = new InMemoryCampaigns();
  const list = api.listTargets;
  const [template] = (
    await list('retire-users-v1', { states: ['candidate'], limit: 1 })
  ).items;
  const candidates = Array.from(
    { length: count },
    (_, index): Target => ({
      ...template,
      id: `candidate-${index}`,
      path: '',
      repository: { ...template.repository, name: `unsure-${index}` },
      reasons: [
        {
          type: 'search',
          query: 'users_v1',
          provider: 'git',
          total: 3,
          matches: [4, 8, 15].map(line => ({
            path: 'report.sql',
            line,
            text: `SELECT ${line} FROM users_v1`,
          })),
        },
      ],
    }),
  );
  api.listTargets = async (name, request = {}) => {
    if (!request.states?.includes('candidate')) return list(name, request);
    const { offset = 0, limit = 20, search = '' } = request;
    const found = candidates.filter(({ repository }) =>
      repository.name.includes(search),
    );
    return {
      items: found.slice(offset, offset + limit),
      totalItems: found.length,
    };
  };
  const include = jest
    .spyOn(api, 'includeTargets')
    .mockResolvedValue({ changed: count, skipped: [] });
  const skip = jest
    .spyOn(api, 'skipTargets')
    .mockResolvedValue({ changed: count, skipped: [] });
  await renderCampaigns('/campaigns/retire-users-v1/scope', { api });
  const shown = await screen.findByRole('list', { name: 'Candidates' });
  return { shown, include, skip };
}

function tick(name: string) {
  return screen.getByRole('checkbox', { name: `Select meridian/${name}` });
}

describe('CandidateList', () => {
  it('has all the evidence in view', async () => {
    const { shown } = await withCandidates(1);

    for (const line of [4, 8, 15]) {
      expect(
        within(shown).getByRole('link', {
          name: new RegExp(`^report.sql:${line}\\b`),
        }),
      ).toBeVisible();
    }
    expect(within(shown).getByText('SELECT 15 FROM users_v1')).toBeVisible();
  });

  it('takes in those that were ticked, over several pages', async () => {
    const { include } = await withCandidates(12);
    await userEvent.click(tick('unsure-3'));
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    await waitFor(() => expect(tick('unsure-11')).toBeInTheDocument());
    await userEvent.click(tick('unsure-11'));
    expect(screen.getByText('2 of 12 selected')).toBeVisible();

    await userEvent.click(
      screen.getByRole('button', { name: 'Include selected' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Include 2 targets' }),
    );

    await waitFor(() =>
      expect(include).toHaveBeenCalledWith('retire-users-v1', {
        targetIds: ['candidate-3', 'candidate-11'],
      }),
    );
  });

  it('leaves out all that a search finds, with a reason', async () => {
    const { skip } = await withCandidates(12);
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Search candidates' }),
      'unsure-1',
    );
    await screen.findByText('0 of 3 selected');
    await userEvent.click(tick('unsure-1'));
    await userEvent.click(screen.getByRole('button', { name: 'Select all 3' }));
    await userEvent.click(
      screen.getByRole('button', { name: 'Leave out selected' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByRole('textbox'), 'Not theirs');
    await userEvent.click(
      within(dialog).getByRole('button', { name: /3 targets$/ }),
    );

    await waitFor(() =>
      expect(skip).toHaveBeenCalledWith(
        'retire-users-v1',
        expect.objectContaining({
          filter: { states: ['candidate'], search: 'unsure-1' },
          reason: 'Not theirs',
        }),
      ),
    );
  });

  it('is decided by keys: arrows move, space ticks, a letter decides', async () => {
    const { include } = await withCandidates(3);
    tick('unsure-0').focus();

    await userEvent.keyboard('{ArrowDown}');
    expect(tick('unsure-1')).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown} ');
    expect(tick('unsure-2')).toBeChecked();
    await userEvent.keyboard('{ArrowUp} i');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Include 2 targets' }),
    );

    await waitFor(() =>
      expect(include).toHaveBeenCalledWith('retire-users-v1', {
        targetIds: ['candidate-2', 'candidate-1'],
      }),
    );
  });

  it('decides the one that has the focus where none is ticked', async () => {
    await withCandidates(3);
    tick('unsure-1').focus();

    await userEvent.keyboard('o');

    expect(
      await screen.findByRole('heading', { name: /unsure-1/ }),
    ).toBeVisible();
  });
});
