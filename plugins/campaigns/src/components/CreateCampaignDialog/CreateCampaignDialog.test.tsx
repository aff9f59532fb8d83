import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { InMemoryCampaigns } from '../../../dev/fixture';
import { renderCampaigns } from '../../__testUtils__/renderCampaigns';

const campaign = `apiVersion: skein/v1
kind: Campaign
name: retire-plays-v1
datasets:
  - from: listening.plays_v1
    to: listening.plays_v2
    mapping: mappings/plays.csv
`;

const mapping = 'old_column,new_column\na,b\n';
// jsdom's files cannot be read as text.
const mappingFile = Object.assign(new File([mapping], 'plays.csv'), {
  text: async () => mapping,
});

async function openDialog(api: InMemoryCampaigns) {
  const rendered = await renderCampaigns('/campaigns', { api });
  await userEvent.click(
    await screen.findByRole('button', { name: 'Create campaign' }),
  );
  const field = await screen.findByRole('textbox', { name: 'Campaign file' });
  return { ...rendered, field: field as HTMLTextAreaElement };
}

describe('CreateCampaignDialog', () => {
  it('lists problems by line, takes the mapping, and drafts the campaign', async () => {
    const api = new InMemoryCampaigns();
    const create = jest.spyOn(api, 'createCampaign');
    const { field } = await openDialog(api);

    fireEvent.change(field, { target: { value: campaign } });
    const problem = await screen.findByRole('button', {
      name: /Error, line 7.*mappings\/plays.csv is missing/,
    });
    expect(screen.getByRole('button', { name: 'Create draft' })).toBeDisabled();

    await userEvent.click(problem);
    await waitFor(() =>
      expect(
        field.value.slice(field.selectionStart, field.selectionEnd),
      ).toContain('mapping: mappings/plays.csv'),
    );

    await userEvent.upload(
      screen.getByLabelText('Upload files', { selector: 'input' }),
      mappingFile,
    );
    const button = screen.getByRole('button', { name: 'Create draft' });
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);

    await waitFor(() =>
      expect(screen.getByTestId('address')).toHaveTextContent(
        '/campaigns/retire-plays-v1',
      ),
    );
    expect(create).toHaveBeenCalledWith({
      yaml: campaign,
      files: { 'mappings/plays.csv': mapping },
    });
  });

  it('keeps what was typed when the backend refuses it', async () => {
    const api = new InMemoryCampaigns();
    jest
      .spyOn(api, 'createCampaign')
      .mockRejectedValue(new Error('The name retire-plays-v1 is taken'));
    const { field } = await openDialog(api);
    const complete = campaign.replace(/ {4}mapping.*\n/, '');
    fireEvent.change(field, { target: { value: complete } });
    const button = screen.getByRole('button', { name: 'Create draft' });
    await waitFor(() => expect(button).toBeEnabled());

    await userEvent.click(button);

    expect(
      await screen.findByText('The name retire-plays-v1 is taken'),
    ).toBeVisible();
    expect(field).toHaveValue(complete);
  });
});
