import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { campaignUpdatePermission } from '@skein/plugin-campaigns-common';
import { InMemoryCampaigns } from '../../../../../dev/fixture';
import { renderCampaigns } from '../../../../__testUtils__/renderCampaigns';

const name = 'retire-users-v1';
const context = `/campaigns/${name}/context`;

async function rowOf(label: string) {
  const link = await screen.findByRole('link', { name: label });
  return link.closest('tr')!;
}

describe('revisions', () => {
  it('shows beside each revision how its changes fared', async () => {
    await renderCampaigns(context);

    const row = await rowOf('Revision 3');

    expect(row).toHaveTextContent('Current');
    expect(row).toHaveTextContent('18 reviewed');
    expect(await within(row).findByText('3 vetoed (18 %)')).toBeVisible();
    expect(within(row).getByText('4 merged as is (80 %)')).toBeVisible();
    expect(
      await within(row).findByRole('link', { name: '75 % passed' }),
    ).toHaveAttribute('href', `${context}/evaluations/evaluation-5`);
    expect(await rowOf('Revision 4')).toHaveTextContent('Candidate');
  });

  it('adopts one only after it has said what follows', async () => {
    const api = new InMemoryCampaigns();
    const adopt = jest.spyOn(api, 'adoptRevision');
    const { alerts } = await renderCampaigns(context, { api });
    await userEvent.click(
      within(await rowOf('Revision 4')).getByRole('button', { name: 'Adopt' }),
    );

    const dialog = await screen.findByRole('dialog', {
      name: 'Adopt revision 4?',
    });
    expect(dialog).toHaveTextContent(
      /start from now on are told revision 4 instead of 3.*that run now go on.*Nothing is redone.*can be retried/,
    );
    expect(dialog).toHaveTextContent(
      'Evaluation 7: revision 4 on 20 targets, 71 % passed.',
    );
    expect(adopt).not.toHaveBeenCalled();
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Adopt revision 4' }),
    );

    await waitFor(() =>
      expect(alerts).toContain(
        'Jobs that start from now on are told revision 4.',
      ),
    );
    expect(adopt).toHaveBeenCalledWith(name, 'rev-4');
    await waitFor(async () =>
      expect(await rowOf('Revision 4')).toHaveTextContent('Current'),
    );
    expect(await rowOf('Revision 3')).toHaveTextContent('Earlier');
  });

  it('says why it cannot be adopted', async () => {
    const api = new InMemoryCampaigns();
    await renderCampaigns(context, {
      api,
      denied: [campaignUpdatePermission.name],
    });

    const row = await rowOf('Revision 4');
    const button = await within(row).findByRole('button', {
      name: 'Adopt: You do not have the permission for this',
    });
    await userEvent.click(button);

    expect(screen.queryByRole('dialog')).toBeNull();
    expect(
      screen.getByRole('button', {
        name: 'New revision: You do not have the permission for this',
      }),
    ).toHaveAttribute('aria-disabled', 'true');
  });

  it('compares two that are ticked, document by document', async () => {
    await renderCampaigns(context);
    for (const number of [4, 1]) {
      await userEvent.click(
        await screen.findByRole('checkbox', {
          name: `Compare revision ${number}`,
        }),
      );
    }
    await userEvent.click(screen.getByRole('button', { name: 'Compare' }));

    expect(screen.getByTestId('address')).toHaveTextContent(
      `${context}/revisions/compare?base=rev-1&head=rev-4`,
    );
    const lessons = await screen.findByRole('region', { name: 'Lessons' });
    expect(lessons).toHaveTextContent('Veto an inner join with subscription');
    expect(
      screen.getByRole('region', {
        name: 'Mapping meridian-data.user_data.users_v1 to meridian-data.user_data.users_v2',
      }),
    ).toHaveTextContent('subscription.tier');
    expect(screen.queryByRole('region', { name: 'Gates' })).toBeNull();
  });

  it('opens a document of a revision by its address', async () => {
    await renderCampaigns(`${context}/revisions/rev-3?document=Lessons`);

    expect(await screen.findByRole('tab', { name: 'Lessons' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    expect(screen.getByRole('region', { name: 'Lessons' })).toHaveTextContent(
      'Keep the output of a country in upper case',
    );
  });

  it('leafs through more than a page of them', async () => {
    const api = new InMemoryCampaigns();
    const { spec } = await api.getCampaign(name);
    for (let count = 0; count < 8; count += 1) {
      await api.createRevision(name, { spec });
    }
    await renderCampaigns(context, { api });
    await rowOf('Revision 12');
    expect(screen.queryByRole('link', { name: 'Revision 2' })).toBeNull();

    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));

    expect(await rowOf('Revision 2')).toBeVisible();
    expect(screen.getByTestId('address')).toHaveTextContent('page=2');
  });

  it('stores what a person makes of the files of now, with the reason', async () => {
    const api = new InMemoryCampaigns();
    const create = jest.spyOn(api, 'createRevision');
    const { alerts } = await renderCampaigns(context, { api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'New revision' }),
    );
    const field: HTMLTextAreaElement = await screen.findByRole('textbox', {
      name: 'Campaign file',
    });
    expect(field.value).toContain('name: retire-users-v1');
    const store = screen.getByRole('button', { name: 'Store the revision' });
    expect(store).toBeDisabled();

    const yaml = `${field.value}prompt: Keep the alias.\n`;
    fireEvent.change(field, { target: { value: yaml } });
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Why, in one line' }),
      'Aliases were lost',
    );
    await waitFor(() => expect(store).toBeEnabled());
    await userEvent.click(store);

    await waitFor(() =>
      expect(alerts).toContain(
        'Revision 5 is stored. No job is told it before somebody adopts it.',
      ),
    );
    expect(create).toHaveBeenCalledWith(name, {
      yaml,
      files: {
        'mappings/1-users_v1.yaml': expect.stringContaining('user_identifier'),
      },
      note: 'Aliases were lost',
    });
    expect(screen.getByTestId('address')).toHaveTextContent(
      `${context}/revisions/rev-5`,
    );
  });

  it('starts from another revision where a person asks for that', async () => {
    const api = new InMemoryCampaigns();
    const { spec } = await api.getCampaign(name);
    const { id } = await api.createRevision(name, {
      spec: { ...spec, prompt: 'Keep the alias.' },
    });
    await renderCampaigns(`${context}/revisions/${id}`, { api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Write another from it' }),
    );

    expect(
      await screen.findByText(/^This is revision 5, with what else/),
    ).toBeVisible();
    const field: HTMLTextAreaElement = await screen.findByRole('textbox', {
      name: 'Campaign file',
    });
    expect(field.value).toContain('prompt: Keep the alias.');
  });

  it('says that there is no such revision', async () => {
    await renderCampaigns(`${context}/revisions/rev-77`);

    expect(
      await screen.findByText("No revision has the id 'rev-77'"),
    ).toBeVisible();
  });
});
