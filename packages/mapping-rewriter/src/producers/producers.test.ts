import fc from 'fast-check';
import { rewrite } from '../rewrite/rewrite';
import { MappingTable, SourceFile } from '../types';

/** Tables by number, each with those that it is built from. */
type Graph = Map<number, Set<number>>;

const SIZE = 7;
const [OLD, NEW] = [0, 1];

const graphs: fc.Arbitrary<Graph> = fc
  .array(
    fc.record({
      built: fc.nat(SIZE - 1),
      reads: fc.uniqueArray(fc.nat(SIZE - 1), { minLength: 1, maxLength: 3 }),
    }),
    { maxLength: 8 },
  )
  .map(units => {
    const graph: Graph = new Map();
    for (const { built, reads } of units) graph.set(built, new Set(reads));
    return graph;
  });

/** How a project says what a table is built from. */
interface Form {
  name: string;
  file(built: number, reads: number[]): SourceFile;
  /** The numbers of the tables that a text reads. */
  readsOf(content: string): number[];
  mapping: MappingTable;
}

const numbers = (content: string, pattern: RegExp) =>
  [...content.matchAll(pattern)].map(match => Number(match[1]));

const forms: Form[] = [
  {
    name: 'views',
    file: (built, reads) => ({
      path: `jobs/job_${built}.sql`,
      content: `CREATE VIEW d.t${built} AS SELECT k FROM ${reads
        .map(read => `d.t${read}`)
        .join(' CROSS JOIN ')};`,
    }),
    readsOf: content => numbers(content.split('SELECT')[1], /d\.t(\d)/g),
    mapping: { from: 'a.d.t0', to: 'a.d.t1', columns: [] },
  },
  {
    name: 'models of dbt',
    file: (built, reads) => ({
      path: `models/t${built}.sql`,
      content: `select k from ${reads
        .map(read => `{{ ref('t${read}') }}`)
        .join(' cross join ')}`,
    }),
    readsOf: content => numbers(content, /ref\('t(\d)'\)/g),
    mapping: {
      from: 'a.d.t0',
      to: 'a.d.t1',
      models: [{ from: 't0', to: 't1' }],
      columns: [],
    },
  },
  {
    name: 'queries by their path',
    file: (built, reads) => ({
      path: `sql/a/d/t${built}/query.sql`,
      content: `SELECT k FROM ${reads
        .map(read => `d.t${read}`)
        .join(' CROSS JOIN ')}`,
    }),
    readsOf: content => numbers(content, /d\.t(\d)/g),
    mapping: { from: 'a.d.t0', to: 'a.d.t1', columns: [] },
  },
];

/** All that a table is built from, at any distance. */
function upstreamOf(graph: Graph, table: number): Set<number> {
  const found = new Set<number>();
  const walk = (at: number) => {
    for (const read of graph.get(at) ?? []) {
      if (!found.has(read)) {
        found.add(read);
        walk(read);
      }
    }
  };
  walk(table);
  return found;
}

const inCircles = (graph: Graph) =>
  [...graph.keys()].filter(table => upstreamOf(graph, table).has(table));

describe.each(forms)('producers among $name', form => {
  const migrate = (graph: Graph) => {
    const files = [...graph].map(([built, reads]) =>
      form.file(built, [...reads]),
    );
    const result = rewrite(files, [form.mapping], {
      defaultProject: 'a',
      leaveNotes: false,
    });
    expect(result.unproven).toEqual([]);
    const after: Graph = new Map();
    [...graph.keys()].forEach((built, i) => {
      const changed = result.files.find(({ path }) => path === files[i].path);
      after.set(
        built,
        new Set(form.readsOf(changed?.output ?? files[i].content)),
      );
    });
    return after;
  };

  it('are not built from themselves by a migration, whatever is built from what', () => {
    fc.assert(
      fc.property(graphs, graph => {
        const before = new Set(inCircles(graph));
        expect(inCircles(migrate(graph)).filter(it => !before.has(it))).toEqual(
          [],
        );
      }),
      { numRuns: 500 },
    );
  });

  it('go on reading the old table, and everybody else reads the new one', () => {
    fc.assert(
      fc.property(graphs, graph => {
        const kept = new Set([OLD, NEW, ...upstreamOf(graph, NEW)]);
        const expected = new Map(
          [...graph].map(([built, reads]) => [
            built,
            kept.has(built)
              ? reads
              : new Set([...reads].map(read => (read === OLD ? NEW : read))),
          ]),
        );
        // Whether the old table's own producer may move is another rule's affair.
        const others = (all: Graph) => [...all].filter(([it]) => it !== OLD);
        expect(others(migrate(graph))).toEqual(others(expected));
      }),
      { numRuns: 500 },
    );
  });
});
