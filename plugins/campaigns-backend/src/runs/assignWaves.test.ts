import fc from 'fast-check';
import { assignWaves, WaveCandidate } from './assignWaves';

const waves = [
  { name: 'canary', size: 3 },
  { name: 'early', share: 0.4 },
  { name: 'everyone', share: 1 },
];

function candidates(count: number, frameworks = ['dbt']): WaveCandidate[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `t${index}`,
    repository: `r${index}`,
    framework: frameworks[index % frameworks.length],
  }));
}

function sizes(assigned: ReturnType<typeof assignWaves>): number[] {
  return waves.map(
    (_, index) => assigned.filter(a => a.index === index).length,
  );
}

describe('assignWaves', () => {
  it('fills waves by size and by share of all targets', () => {
    expect(sizes(assignWaves(candidates(20), waves))).toEqual([3, 5, 12]);
  });

  it('has each framework in the first wave', () => {
    const all = candidates(30, ['dbt', 'bigquery-runner', 'scio']);
    const canary = assignWaves(all, waves).filter(a => a.index === 0);
    const byId = new Map(all.map(c => [c.id, c.framework]));
    expect(new Set(canary.map(a => byId.get(a.id)))).toEqual(
      new Set(['dbt', 'bigquery-runner', 'scio']),
    );
  });

  it('keeps the targets of a repository together', () => {
    const all = [
      ...candidates(10),
      { id: 'second', repository: 'r4', framework: 'bigquery-runner' },
    ];
    const assigned = new Map(assignWaves(all, waves).map(a => [a.id, a.index]));
    expect(assigned.get('second')).toBe(assigned.get('t4'));
  });

  it('puts everything in the last wave where the waves leave something over', () => {
    const assigned = assignWaves(candidates(10), [
      { name: 'canary', size: 2 },
      { name: 'some', share: 0.5 },
    ]);
    expect(assigned.filter(a => a.wave === 'some')).toHaveLength(8);
  });

  it('puts lower levels in no later wave than higher ones', () => {
    const twoWaves = [
      { name: 'canary', size: 3 },
      { name: 'rest', share: 1 },
    ];
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 20 }),
        levels => {
          const assigned = assignWaves(
            levels.map((level, i) => ({
              id: String(i),
              repository: `r${i}`,
              framework: i % 2 ? 'dbt' : 'scio',
              level,
            })),
            twoWaves,
          );
          expect(assigned).toHaveLength(levels.length);
          const inOrder = assigned.map(each => levels[Number(each.id)]);
          expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b));
        },
      ),
    );
  });

  it('assigns each target once, whatever the order of the input', () => {
    const candidate = fc.record({
      repository: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      framework: fc.constantFrom('dbt', 'scio'),
    });
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 40 }), drawn => {
        const all = drawn.map((c, index) => ({ ...c, id: `t${index}` }));
        const sorted = (input: WaveCandidate[]) =>
          assignWaves(input, waves).sort((a, b) => a.id.localeCompare(b.id));
        expect(sorted(all).map(a => a.id)).toEqual(
          all.map(c => c.id).sort((a, b) => a.localeCompare(b)),
        );
        expect(sorted([...all].reverse())).toEqual(sorted(all));
      }),
    );
  });
});
