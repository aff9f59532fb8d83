import { screen } from '@testing-library/react';
import { InMemoryCampaigns } from '../../../dev/fixture';
import { renderCampaigns } from '../../__testUtils__/renderCampaigns';

describe('GuidePage', () => {
  it('shows the guide that came with the campaign', async () => {
    const api = new InMemoryCampaigns();
    const campaign = await api.getCampaign('retire-users-v1');
    jest.spyOn(api, 'getCampaign').mockResolvedValue({
      ...campaign,
      spec: { ...campaign.spec, guideText: '# Moving to users_v2\n\nAsk.' },
    });
    await renderCampaigns('/campaigns/retire-users-v1/guide', { api });

    expect(
      await screen.findByRole('heading', { name: 'Moving to users_v2' }),
    ).toBeVisible();
  });

  it('says where to look where there is none', async () => {
    const api = new InMemoryCampaigns();
    const campaign = await api.getCampaign('retire-users-v1');
    jest.spyOn(api, 'getCampaign').mockResolvedValue({
      ...campaign,
      spec: { ...campaign.spec, guideText: undefined, guide: undefined },
    });
    await renderCampaigns('/campaigns/retire-users-v1/guide', { api });

    expect(
      await screen.findByText('This campaign has no guide of its own'),
    ).toBeVisible();
  });
});
