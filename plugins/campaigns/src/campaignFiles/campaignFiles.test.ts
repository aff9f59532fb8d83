import { assignFiles } from './assignFiles';
import { namedFiles } from './namedFiles';

const campaign = `kind: Campaign
datasets:
  - from: a
    mapping: mappings/users.yaml
    schemas: { from: ../schemas/v1.yaml, to: ../schemas/v2.yaml }
  - from: b
    mapping: { columns: [] }
`;

describe('namedFiles', () => {
  it('finds tables and schemas that are named by path', () => {
    expect(namedFiles(campaign)).toEqual([
      'mappings/users.yaml',
      '../schemas/v1.yaml',
      '../schemas/v2.yaml',
    ]);
  });

  it('finds a guide that is a file, not one that is an address', () => {
    expect(namedFiles('guide: ../guides/users.md')).toEqual([
      '../guides/users.md',
    ]);
    expect(namedFiles('guide: https://docs.example/users.md')).toEqual([]);
  });

  it.each(['', 'datasets: 3', 'datasets: [', '- a', 'datasets: [__proto__]'])(
    'finds none in %p',
    text => expect(namedFiles(text)).toEqual([]),
  );
});

describe('sample rows', () => {
  it('are named by path too, those of other datasets as well', () => {
    expect(
      namedFiles(
        'datasets:\n  - samples: { from: a.csv, to: b.jsonl, acme.shop.orders: orders.csv, acme.x: { rows: [] } }',
      ),
    ).toEqual(['a.csv', 'b.jsonl', 'orders.csv']);
  });
});

describe('assignFiles', () => {
  it('knows the campaign file by its kind, and the others by their names', () => {
    expect(
      assignFiles(
        [
          { name: 'v2.yaml', text: 'two' },
          { name: 'campaign.yaml', text: campaign },
          { name: 'users.yaml', text: 'map' },
          { name: 'stray.csv', text: '?' },
        ],
        namedFiles,
        '',
      ),
    ).toEqual({
      yaml: campaign,
      files: { '../schemas/v2.yaml': 'two', 'mappings/users.yaml': 'map' },
      unknown: ['stray.csv'],
    });
  });

  it('goes by the text in the editor where no campaign file is among them', () => {
    const { yaml, files } = assignFiles(
      [{ name: 'users.yaml', text: 'map' }],
      namedFiles,
      campaign,
    );
    expect(yaml).toBeUndefined();
    expect(files).toEqual({ 'mappings/users.yaml': 'map' });
  });
});
