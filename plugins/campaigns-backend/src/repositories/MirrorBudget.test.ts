import { mockServices } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'fs';
import os from 'os';
import path from 'path';
import { MirrorBudget } from './MirrorBudget';

const hour = 60 * 60_000;

describe('MirrorBudget', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'skein-budget-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const place = (name: string) =>
    path.join(folder, 'forge.example.com', 'acme', `${name}.git`);

  /** A mirror as another process may have left it. */
  const mirror = (name: string, bytes: number, usedAgo: number, held = -1) => {
    const gitDir = place(name);
    mkdirSync(path.join(gitDir, 'objects'), { recursive: true });
    writeFileSync(path.join(gitDir, 'HEAD'), '');
    writeFileSync(path.join(gitDir, 'objects', 'pack'), Buffer.alloc(bytes));
    for (const [file, time] of [
      ['skein-used', Date.now() - usedAgo],
      ['skein-held', Date.now() + held],
    ] as const) {
      writeFileSync(path.join(gitDir, file), '');
      utimesSync(path.join(gitDir, file), time / 1_000, time / 1_000);
    }
    return gitDir;
  };
  const budgetOf = (bytes: number, onEvict = (_gitDir: string) => {}) =>
    MirrorBudget.create({
      folder,
      bytes,
      onEvict,
      logger: mockServices.logger.mock(),
    });
  const left = () =>
    readdirSync(path.join(folder, 'forge.example.com', 'acme')).sort();

  it('takes away the least recently used, as many as it must', async () => {
    mirror('old', 400, 3 * hour);
    mirror('older', 400, 4 * hour);
    mirror('new', 400, hour);
    const evicted: string[] = [];
    await budgetOf(900, gitDir => evicted.push(gitDir)).prune();
    expect(left()).toEqual(['new.git', 'old.git']);
    expect(evicted).toEqual([place('older')]);
  });

  it('leaves all as it is below the budget', async () => {
    mirror('old', 400, 3 * hour);
    mirror('new', 400, hour);
    await budgetOf(900).prune();
    expect(left()).toEqual(['new.git', 'old.git']);
  });

  it('never takes what is in use here or in another process, and says so', async () => {
    const logger = mockServices.logger.mock();
    mirror('elsewhere', 400, 9 * hour, hour);
    const here = mirror('here', 400, 8 * hour);
    const budget = MirrorBudget.create({
      folder,
      bytes: 100,
      onEvict: () => {},
      logger,
    });
    expect(await budget.use(here, hour)).toBe(true);
    await budget.prune();
    expect(left()).toEqual(['elsewhere.git', 'here.git']);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('campaigns.repositories.diskMegabytes'),
    );
  });

  it('makes room when a mirror grows, and knows one that is gone', async () => {
    mirror('old', 400, 3 * hour);
    const grown = mirror('grown', 100, 0, hour);
    const budget = budgetOf(600);
    await budget.grew(grown);
    expect(left()).toEqual(['grown.git', 'old.git']);

    writeFileSync(path.join(grown, 'objects', 'more'), Buffer.alloc(200));
    await budget.grew(grown);
    expect(left()).toEqual(['grown.git']);
    expect(await budget.use(place('old'), hour)).toBe(false);
    expect(existsSync(place('old'))).toBe(false);
  });

  it('ends within the budget, or with nothing left that may go', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            bytes: fc.nat(500),
            usedAgo: fc.nat(100),
            held: fc.boolean(),
          }),
          { maxLength: 8 },
        ),
        fc.nat(2_000),
        async (mirrors, bytes) => {
          rmSync(folder, { recursive: true, force: true });
          mirrors.forEach((each, index) =>
            mirror(
              `m${index}`,
              each.bytes,
              each.usedAgo * 1_000,
              each.held ? hour : -hour,
            ),
          );
          await budgetOf(bytes).prune();
          const stay = mirrors.filter((_each, index) =>
            existsSync(place(`m${index}`)),
          );
          const total = stay.reduce((sum, each) => sum + each.bytes, 0);
          expect(
            total <= bytes || stay.every(each => each.held || each.bytes === 0),
          ).toBe(true);
          expect(stay).toEqual(
            expect.arrayContaining(mirrors.filter(each => each.held)),
          );
          const goneAgo = mirrors
            .filter(each => !stay.includes(each))
            .map(each => each.usedAgo);
          for (const each of stay.filter(one => !one.held)) {
            expect(Math.min(Infinity, ...goneAgo)).toBeGreaterThanOrEqual(
              each.usedAgo,
            );
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
