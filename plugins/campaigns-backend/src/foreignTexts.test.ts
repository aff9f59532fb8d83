import {
  answerYaml,
  parseMapping,
  yamlLimits,
  YamlLimitError,
} from '@skein/mapping-rewriter';
import { foreignReaders } from './__testUtils__/foreignReaders';
import { processorTime, slowness } from './__testUtils__/processorTime';
import { worstTexts, worstYaml } from './__testUtils__/worstTexts';
import { parseCampaign } from './campaigns/spec/parseCampaign';
import { ReferenceFinder, repositoryYaml } from './references';
import { removedYamlTests } from './review/gates/tests/removedYamlTests';

/**
 * What one text may take of the loop that serves everybody, in milliseconds of
 * a processor of its own. Here other tests run beside, which share its caches
 * and slow each other down; what is not linear takes many times as long.
 */
const bound = 200 * 4;
const sizes = [64 * 1024, 250 * 1024, 1024 * 1024];

/** All kinds and sizes of text for which a reader takes more of the processor than it may. */
async function slowTexts(
  read: (text: string) => unknown,
  texts: (length: number) => Array<[string, string]>,
): Promise<string[]> {
  const scale = await slowness();
  const slow: string[] = [];
  for (const size of sizes) {
    for (const [kind, text] of texts(size)) {
      // Most are far below: only what is not is measured again.
      if ((await processorTime(() => read(text), 1)) <= bound * scale) continue;
      const spent = await processorTime(() => read(text));
      if (spent > bound * scale) slow.push(`${kind}, ${size}: ${spent} ms`);
    }
  }
  return slow;
}

const small = 32 * 1024;
const large = 1024 * 1024;
/** The kinds of small texts that take longest, of which large ones are tried. */
const mostLarge = 4;

describe('texts of others', () => {
  const smallTexts = worstTexts(small);
  const largeTexts = new Map(worstTexts(large));

  it.each(Object.entries(foreignReaders))(
    'take little of the processor, whatever somebody wrote: %s',
    async (_name, reader) => {
      const spent: Array<[kind: string, time: number]> = [];
      for (const [kind, text] of smallTexts) {
        const time = await processorTime(reader(text), 1);
        spent.push([kind, time]);
        // Enough to know, where the rest would take as long.
        if (time > 10 * bound) break;
      }
      const slowest = spent.sort((a, b) => b[1] - a[1]).slice(0, mostLarge);
      const slow: string[] = [];
      for (const [kind] of slowest) {
        // What is not linear would take minutes for a large one.
        for (const text of [new Map(smallTexts), largeTexts]) {
          const read = reader(text.get(kind)!);
          const time = await processorTime(read, 5, bound);
          if (time <= bound * (await slowness())) continue;
          slow.push(`${kind}, ${text.get(kind)!.length}: ${time} ms`);
          break;
        }
      }
      expect(slow).toEqual([]);
    },
  );
});

/** What a text may throw: that it is beyond a limit. */
function orLimit(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof YamlLimitError) return error;
    throw error;
  }
}

describe.each<[string, (text: string) => unknown]>([
  ['campaign files', text => parseCampaign({ yaml: text })],
  ['mapping files', text => parseMapping(text, 'yaml', { from: 'a', to: 'b' })],
  [
    'texts within the limits of this process',
    text => orLimit(() => answerYaml('values', text, yamlLimits)),
  ],
])('%s', (_name, read) => {
  it('take little of the processor, whatever YAML somebody wrote', async () => {
    expect(await slowTexts(read, worstYaml)).toEqual([]);
  });
});

describe('YAML of repositories', () => {
  let finder: ReferenceFinder;
  beforeAll(() => {
    finder = ReferenceFinder.create();
  });
  afterAll(() => finder.stop());

  it('is read in this process where it is short alone, whatever it holds', async () => {
    const elsewhere: string[] = [];
    const yaml = repositoryYaml({
      readYaml: async (_question, text) => {
        elsewhere.push(text);
        throw new Error('elsewhere');
      },
    });
    const read = (text: string) => yaml.read('prose', text).catch(() => []);
    const spent: string[] = [];
    const scale = await slowness();
    for (const [kind, text] of worstYaml(16 * 1024 - 4096)) {
      const time = await processorTime(() => read(text));
      if (time > (bound * scale) / 2) spent.push(`${kind}: ${time} ms`);
    }
    expect(spent).toEqual([]);
    expect(elsewhere).toEqual([]);
    for (const [, text] of worstYaml(64 * 1024)) await read(text);
    expect(elsewhere.length).toBeGreaterThan(20);
  });

  it('is answered, or refused with a reason, however long it is', async () => {
    const yaml = repositoryYaml(finder);
    const kinds = ['keys', 'documents', 'anchors', 'an ordered map'];
    const texts = worstYaml(1024 * 1024).filter(([kind]) =>
      kinds.includes(kind),
    );
    expect(texts).toHaveLength(kinds.length);
    for (const [kind, text] of texts) {
      const outcome = await yaml.read('tests', text).then(
        count => typeof count,
        error => error.name,
      );
      expect([kind, outcome]).toEqual([
        kind,
        expect.stringMatching(
          /^(number|UnresolvedError|ReferenceLimitError|YamlLimitError)$/,
        ),
      ]);
    }
  });

  it('is read to its end where it is a large file that people really have', async () => {
    const columns =
      '      - name: id\n        data_type: string\n        tests: [unique, not_null]\n'.repeat(
        10,
      );
    const model = (index: number) =>
      `  - name: model_${index}\n    description: Orders of customers, one row for each.\n    columns:\n${columns}`;
    const models = Array.from({ length: 400 }, (_, index) => model(index));
    const text = `version: 2\nmodels:\n${models.join('')}`;
    expect(text.length).toBeGreaterThan(300_000);
    const yaml = repositoryYaml(finder);
    expect(await yaml.read('tests', text)).toBe(8000);
    expect(await yaml.read('prose', text)).toHaveLength(400);
    expect(await yaml.read('values', text)).toHaveLength(1);
  });
});

describe('YAML beyond a limit', () => {
  const many = `models:\n${'  - tests: [unique, not_null]\n'.repeat(30_000)}`;

  it('is a mistake of the campaign file that says what to do', () => {
    expect(parseCampaign({ yaml: many }).problems).toEqual([
      expect.objectContaining({
        severity: 'error',
        message: expect.stringMatching(/^The YAML .* split it$/),
      }),
    ]);
  });

  it('is a finding of the gate on tests', async () => {
    const deep = `tests: ${'['.repeat(1000)}`;
    const file = { path: 'a.yml', added: [], removed: [] };
    const message = expect.stringMatching(
      /could not be counted.*nests more than 100 levels.*none is gone/,
    );
    for (const texts of [
      { before: deep, after: '' },
      { before: 'tests: [a]', after: deep },
    ]) {
      expect(
        await removedYamlTests(
          { ...file, ...texts, change: 'modified' } as any,
          repositoryYaml({ readYaml: jest.fn() }),
        ),
      ).toEqual([{ file: 'a.yml', message }]);
    }
  });

  it('is no bound on what a person writes: 2,000 columns in long hand are read', () => {
    const columns = Array.from(
      { length: 2000 },
      (_, index) => `  - old_column: a${index}\n    new_column: b${index}\n`,
    );
    const { tables, problems } = parseMapping(
      `from: a.b.c\nto: a.b.d\ncolumns:\n${columns.join('')}`,
      'yaml',
    );
    expect(problems).toEqual([]);
    expect(tables[0].columns).toHaveLength(2000);
  });
});
