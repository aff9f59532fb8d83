import { Entity } from '@backstage/catalog-model';
import { screen } from '@testing-library/react';
import { InMemoryCampaigns } from '../../../dev/fixture';
import { renderOnEntity } from '../../__testUtils__/renderCampaigns';
import { EntityMigrationsCard } from '../EntityMigrationsCard';
import { EntityMigrationsContent } from './EntityMigrationsContent';

function entity(kind: string, name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
  };
}

describe('EntityMigrationsContent', () => {
  it('says what the owners of a component do', async () => {
    await renderOnEntity(
      entity('Component', 'ad-targeting'),
      <EntityMigrationsContent />,
    );

    expect(
      await screen.findByText(
        'The checks of the pull request fail: look at them. 3 places in it need a decision.',
      ),
    ).toBeVisible();
  });

  it('asks for what a group owns', async () => {
    const api = new InMemoryCampaigns();
    const list = jest.spyOn(api, 'listTargetsOfEntity');
    await renderOnEntity(
      entity('Group', 'growth'),
      <EntityMigrationsContent />,
      { api },
    );

    expect(
      await screen.findByRole('link', { name: 'meridian/country-launches' }),
    ).toBeVisible();
    expect(list).toHaveBeenCalledWith({
      ownerRef: 'group:default/growth',
      offset: 0,
      limit: 20,
    });
  });

  it('says so where there is nothing', async () => {
    await renderOnEntity(
      entity('Component', 'elsewhere'),
      <EntityMigrationsContent />,
    );

    expect(await screen.findByText('No migration')).toBeVisible();
  });
});

describe('EntityMigrationsCard', () => {
  it('shows a component where it stands', async () => {
    await renderOnEntity(
      entity('Component', 'fraud-signals'),
      <EntityMigrationsCard />,
    );

    expect(await screen.findByText('Failed')).toBeVisible();
    expect(screen.getByText(/own checks fail before any change/)).toBeVisible();
  });
});
