import { aDataset, aJob } from './__testUtils__/graphs';
import { filterLineage, noFilter, searchLineage } from './lineageFilter';
import { LineageSortField, sortLineage } from './sortLineage';

const root = aDataset('root', { depth: 0 });
const nodes = [
  root,
  aJob('stats', { framework: 'dbt', ownerRef: 'group:default/zeta' }),
  aJob('Fraud', {
    framework: 'scio',
    ownerRef: 'group:default/alpha',
    depth: 2,
    migration: { campaignName: 'c', targetId: 't', state: 'verified' },
  }),
  aDataset('table'),
];

describe('the rows of the lineage table', () => {
  it('are all nodes but the root, or what each filter leaves', () => {
    const titles = (filter: Partial<typeof noFilter>) =>
      filterLineage({ root, nodes }, { ...noFilter, ...filter }).map(
        ({ title }) => title,
      );

    expect(titles({})).toEqual(['stats', 'Fraud', 'table']);
    expect(titles({ frameworks: ['dbt', 'scio'] })).toEqual(['stats', 'Fraud']);
    expect(titles({ owners: ['group:default/alpha'] })).toEqual(['Fraud']);
    expect(titles({ frameworks: ['dbt'], states: ['verified'] })).toEqual([]);
  });

  it('are found by words in name, owner or framework', () => {
    const found = (words: string) =>
      searchLineage(nodes, words).map(({ id }) => id);

    expect(found(' ALPHA ')).toEqual(['Fraud']);
    expect(found('scio')).toEqual(['Fraud']);
    expect(found(' ')).toHaveLength(4);
  });

  it.each<[LineageSortField, 'asc' | 'desc', string[]]>([
    ['depth', 'asc', ['root', 'stats', 'table', 'Fraud']],
    ['depth', 'desc', ['Fraud', 'stats', 'table', 'root']],
    ['owner', 'asc', ['Fraud', 'stats', 'root', 'table']],
    ['state', 'asc', ['Fraud', 'root', 'stats', 'table']],
  ])('stand by %s, %s', (field, order, expected) => {
    expect(sortLineage(nodes, { field, order }).map(({ id }) => id)).toEqual(
      expected,
    );
  });
});
