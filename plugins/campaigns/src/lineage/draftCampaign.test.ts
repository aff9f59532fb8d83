import { parse } from 'yaml';
import { aJob } from './__testUtils__/graphs';
import { draftCampaign } from './draftCampaign';
import { noFilter } from './lineageFilter';

const dataset = {
  name: 'acme.listening.plays_v1',
  ownerRef: 'group:default/platform',
};
const repository = { host: 'github.com', owner: 'acme', name: 'charts' };

describe('draftCampaign', () => {
  it('begins a file with the dataset, its successor and how far was looked', () => {
    const draft = parse(
      draftCampaign({ dataset, depth: 3, filter: noFilter, consumers: [] }),
    );

    expect(draft).toMatchObject({
      apiVersion: 'skein/v1',
      kind: 'Campaign',
      name: 'retire-plays-v1',
      title: 'Retire listening.plays_v1',
      owner: 'group:default/platform',
      datasets: [
        { from: 'acme.listening.plays_v1', to: 'acme.listening.plays_v2' },
      ],
      scope: { lineage: { direction: 'downstream', depth: 3 } },
    });
    expect(draft.scope.frameworks).toBeUndefined();
    expect(draft.scope.repositories).toBeUndefined();
  });

  it('carries frameworks as a rule, and owners by their repositories', () => {
    const text = draftCampaign({
      dataset: { ...dataset, name: 'Plays', ownerRef: undefined },
      depth: 1,
      filter: {
        frameworks: ['dbt'],
        owners: ['group:default/insights'],
        states: [],
      },
      consumers: [
        aJob('a', { repository }),
        aJob('b', { repository }),
        aJob('c'),
      ],
    });

    expect(parse(text)).toMatchObject({
      name: 'retire-plays',
      datasets: [{ to: 'Plays_v2' }],
      scope: {
        frameworks: { include: ['dbt'] },
        repositories: { include: ['acme/charts'] },
      },
    });
    expect(text).toContain('# Those of insights');
    expect(text).toContain('# who runs this campaign');
  });
});
