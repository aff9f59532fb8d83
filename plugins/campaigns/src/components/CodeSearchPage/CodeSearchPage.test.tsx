import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CodeSearchReport } from '@skein/plugin-campaigns-common';
import { InMemoryCampaigns } from '../../../dev/fixture';
import { renderCampaigns } from '../../__testUtils__/renderCampaigns';

const words = () => screen.findByRole('textbox', { name: 'Words' });

describe('CodeSearchPage', () => {
  it('is reached from the list of campaigns', async () => {
    await renderCampaigns('/campaigns');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Search code' }),
    );
    expect(await words()).toBeVisible();
    expect(screen.getByTestId('address')).toHaveTextContent(
      '/campaigns/search',
    );
  });

  it('asks for what the form says, keeps it in the address, and shows what was found where', async () => {
    const api = new InMemoryCampaigns();
    const search = jest.spyOn(api, 'searchCode');
    await renderCampaigns('/campaigns/search', { api });
    await userEvent.type(await words(), 'users_v1');
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Languages or extensions' }),
      'sql{enter}.j2{enter}',
    );
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Repositories' }),
      'meridian/*',
    );
    await userEvent.click(
      await screen.findByRole('checkbox', { name: 'Local forge' }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Search' }));

    expect(
      await screen.findByText(/lines in \d+ files of \d+ repositories/),
    ).toBeVisible();
    expect(search).toHaveBeenCalledTimes(1);
    expect(search).toHaveBeenCalledWith(
      {
        query: {
          query: 'users_v1',
          languages: ['sql'],
          extensions: ['j2'],
          repository: 'meridian/*',
        },
        providers: ['built-in'],
      },
      expect.anything(),
    );
    expect(screen.getByTestId('address')).toHaveTextContent(
      'query=users_v1&kind=sql&kind=.j2&repository=meridian',
    );
    const [repository] = screen.getAllByRole('region', { name: /^meridian\// });
    expect(within(repository).getAllByText('users_v1')[0].tagName).toBe('MARK');
    expect(
      within(repository).getAllByRole('link', { name: /, line 7/ })[0],
    ).toHaveAttribute('href', expect.stringMatching(/\/blob\/HEAD\/.*#L7$/));
    const owners = screen.getByRole('table', { name: 'Lines by owner' });
    expect(within(owners).getAllByRole('row').length).toBeGreaterThan(2);
  });

  it('searches what an address says, and tells what may be missing', async () => {
    const api = new InMemoryCampaigns();
    const search = jest.spyOn(api, 'searchCode');
    await renderCampaigns(
      '/campaigns/search?query=users_v%5B12%5D&regex=true&path=models',
      { api },
    );
    expect(
      await screen.findByText(/Local forge may have more.*limit was reached/),
    ).toBeVisible();
    expect(screen.getByRole('textbox', { name: 'Pattern' })).toHaveValue(
      'users_v[12]',
    );
    expect(search.mock.calls[0][0]).toEqual({
      query: { query: 'users_v[12]', regex: true, path: 'models' },
    });

    const table = screen.getByRole('table', { name: 'Lines by repository' });
    await userEvent.click(within(table).getAllByRole('button')[0]);
    await waitFor(() =>
      expect(screen.getByTestId('address')).toHaveTextContent(
        'repository=meridian',
      ),
    );
  });

  it('tries the search of a campaign', async () => {
    await renderCampaigns('/campaigns/retire-users-v1/scope');
    await userEvent.click(
      await screen.findByRole('link', { name: '“users_v1”' }),
    );
    expect(await words()).toHaveValue('users_v1');
    expect(screen.getByTestId('address')).toHaveTextContent(
      '/campaigns/search?query=users_v1&kind=.sql&kind=.yaml&kind=.scala',
    );
    expect(await screen.findByText(/lines in \d+ files of/)).toBeVisible();
  });

  it('gives the search to a campaign', async () => {
    await renderCampaigns('/campaigns/search?query=users_v1&kind=sql');
    expect(
      await screen.findByRole('region', { name: 'Code search of a campaign' }),
    ).toHaveTextContent(/codeSearch: - query: users_v1 languages: - sql/);
    await userEvent.click(
      screen.getByRole('button', { name: 'Start a campaign with it' }),
    );
    const field = await screen.findByRole('textbox', { name: 'Campaign file' });
    expect((field as HTMLTextAreaElement).value).toMatch(
      /kind: Campaign[^]*codeSearch:\n {4}- query: users_v1/,
    );
  });

  it('asks nobody for next to nothing', async () => {
    const api = new InMemoryCampaigns();
    const search = jest.spyOn(api, 'searchCode');
    await renderCampaigns('/campaigns/search', { api });
    await userEvent.type(await words(), 'u{enter}');
    expect(await screen.findByText(/at least 2 characters/)).toBeVisible();
    expect(search).not.toHaveBeenCalled();
  });

  it('says that nothing was found, and in how much', async () => {
    await renderCampaigns('/campaigns/search?query=nowhere');
    expect(
      await screen.findByText(/Nothing found in 31 repositories/),
    ).toBeVisible();
  });

  it('says why a search failed, and tries again on demand', async () => {
    const api = new InMemoryCampaigns();
    const search = jest
      .spyOn(api, 'searchCode')
      .mockRejectedValue(new Error('the pattern has no end'));
    await renderCampaigns('/campaigns/search?query=users_v1', { api });
    expect(await screen.findByText('the pattern has no end')).toBeVisible();
    search.mockRestore();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/lines in \d+ files of/)).toBeVisible();
  });

  it('can be stopped, which ends it for the backend too', async () => {
    const api = new InMemoryCampaigns();
    let signal: AbortSignal | undefined;
    jest.spyOn(api, 'searchCode').mockImplementation(
      (_request, options) =>
        new Promise<CodeSearchReport>(() => {
          signal = options?.signal;
        }),
    );
    await renderCampaigns('/campaigns/search?query=users_v1', { api });
    expect(
      await screen.findByRole('progressbar', { name: 'Searching' }),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Stop' }));
    expect(await screen.findByText('The search was stopped.')).toBeVisible();
    expect(signal?.aborted).toBe(true);
  });

  it('says who may not search', async () => {
    await renderCampaigns('/campaigns/search', {
      denied: ['campaigns.code.search'],
    });
    expect(await screen.findByText('You may not search code')).toBeVisible();
  });
});
