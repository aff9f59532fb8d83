import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ReferenceFinder, ReferenceFinderOptions } from './ReferenceFinder';

/** Does what the content of the first file says. */
const oddCommand = `
let input = '';
process.stdin.on('data', chunk => {
  input += chunk;
  if (!input.endsWith('\\n')) return;
  const [{ content }] = JSON.parse(input).files;
  input = '';
  if (content === 'hang') for (;;);
  if (content === 'fill') for (const all = []; ; ) all.push(Array.from({ length: 1e5 }, Math.random));
  if (content === 'flood') for (;;) require('fs').writeSync(1, 'x'.repeat(65536));
  if (content === 'crash') process.exit(3);
  if (content === 'fail') return void process.stdout.write(JSON.stringify({ error: 'too deep' }) + '\\n');
  const references = [{ dataset: Object.keys(process.env).filter(name => !name.startsWith('__')).join() }];
  process.stdout.write(JSON.stringify({ references }) + '\\n');
});
`;

describe('ReferenceFinder', () => {
  let folder: string;
  const finders: ReferenceFinder[] = [];
  const create = (options: ReferenceFinderOptions) => {
    const finder = ReferenceFinder.create(options);
    finders.push(finder);
    return finder;
  };
  const odd = (options: ReferenceFinderOptions = {}) =>
    create({
      commandFile: join(folder, 'odd.cjs'),
      concurrency: 1,
      timeoutMilliseconds: 400_000,
      ...options,
    });
  const file = (content: string) => [{ path: 'a.sql', content }];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'skein-references-'));
    writeFileSync(join(folder, 'odd.cjs'), oddCommand);
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  afterEach(() => finders.splice(0).forEach(finder => finder.stop()));

  it('finds what the rewriter finds', async () => {
    const finder = create({});
    const [one, two] = await Promise.all([
      finder.find(file('select a from d.t'), { defaultProject: 'p' }),
      finder.find(file('insert into `x.y.z` select 1')),
    ]);
    expect(one).toMatchObject([
      { dataset: 'p.d.t', column: 'a' },
      { dataset: 'p.d.t', access: 'read', confidence: 'certain' },
    ]);
    expect(two).toMatchObject([{ dataset: 'x.y.z', access: 'write' }]);
  });

  it.each([
    ['hang', { timeoutMilliseconds: 500 }, 'took longer than 0.5 seconds'],
    ['fill', { memoryMegabytes: 32 }, 'needed more than 32 MiB'],
    ['flood', { answerBytes: 100_000 }, 'found more than 100000 bytes hold'],
  ])('ends a process that would %s', async (content, limits, message) => {
    await expect(odd(limits).find(file(content))).rejects.toMatchObject({
      name: 'ReferenceLimitError',
      message: expect.stringContaining(message),
    });
  });

  it('goes on with another process after one that ended, and gives it no environment', async () => {
    const finder = odd();
    await expect(finder.find(file('crash'))).rejects.toThrow('ended by itself');
    await expect(finder.find(file('fail'))).rejects.toMatchObject({
      name: 'UnresolvedError',
      message: 'too deep',
    });
    expect(await finder.find(file('ok'))).toEqual([{ dataset: '' }]);
  });

  it('ends what runs and what waits when it stops or is told to', async () => {
    const finder = odd({ timeoutMilliseconds: 600_000 });
    const abort = new AbortController();
    const hung = finder.find(file('hang'), {}, abort.signal);
    const waiting = finder.find(file('ok'));
    abort.abort(new Error('Enough'));
    await expect(hung).rejects.toThrow('Enough');
    expect(await waiting).toHaveLength(1);

    const more = Promise.allSettled([
      finder.find(file('hang')),
      finder.find(file('hang')),
    ]);
    finder.stop();
    expect(await more).toMatchObject([
      { reason: { message: 'The backend stops' } },
      { reason: { message: 'The backend stops' } },
    ]);
  });
});
