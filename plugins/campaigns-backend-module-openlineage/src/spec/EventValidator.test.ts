import Ajv2020, { ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import fc from 'fast-check';
import { EventValidator } from './EventValidator';

const ours = EventValidator.create();

const runEvent = {
  eventTime: '2026-01-31T12:00:00Z',
  producer: 'https://example.com/producer',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json',
  run: { runId: '0190f3c3-1b8a-7c4e-9d3a-2f6f3d0c9b11' },
  job: { namespace: 'n', name: 'j' },
};
const { run, job, ...common } = runEvent;
const dataset = { namespace: 'bigquery', name: 'a.b.c' };

const nested = (depth: number): object => {
  let value: object = {};
  for (let i = 0; i < depth; i++) value = { fields: [value] };
  return value;
};

/** The kind of an event, or the name of the error. */
function outcomeOf(value: unknown): string {
  try {
    return ours.validate(value).kind;
  } catch (error) {
    return (error as Error).name;
  }
}

describe('EventValidator', () => {
  it('tells the three kinds of events', () => {
    expect(ours.validate({ ...runEvent, inputs: [dataset] })).toMatchObject({
      kind: 'job',
      inputs: [dataset],
      outputs: [],
    });
    expect(ours.validate({ ...common, job })).toMatchObject({ kind: 'job' });
    expect(ours.validate({ ...common, dataset })).toMatchObject({
      kind: 'dataset',
      dataset,
    });
  });

  it.each<[string, unknown]>([
    ['An event is a JSON object', null],
    ['An event is a JSON object', [runEvent]],
    ['An event is a JSON object', 'event'],
    ['is none of RunEvent', { ...common, run }],
    ['an event each', { ...common, job, dataset }],
    [
      "must have required property 'eventTime'",
      { ...runEvent, eventTime: undefined },
    ],
    [
      `'/eventTime' must match format "date-time"`,
      { ...runEvent, eventTime: 'now' },
    ],
    [
      `'/run/runId' must match format "uuid"`,
      { ...runEvent, run: { runId: '1' } },
    ],
    [
      "'/job' must have required property 'name'",
      { ...runEvent, job: { namespace: 'n' } },
    ],
    ["'/inputs' must be array", { ...runEvent, inputs: {} }],
    [
      "'/inputs/1/name' must be string",
      { ...runEvent, inputs: [dataset, { ...dataset, name: 1 }] },
    ],
    [
      "'/eventType' must be equal to one of the allowed values (START, RUNNING, COMPLETE, ABORT, FAIL, OTHER)",
      { ...runEvent, eventType: 'DONE' },
    ],
    [
      "'/job/facets/anything' must have required property '_producer'",
      { ...runEvent, job: { ...job, facets: { anything: {} } } },
    ],
    [
      "'/outputs/0/facets/columnLineage' must have required property 'fields'",
      {
        ...runEvent,
        outputs: [
          {
            ...dataset,
            facets: {
              columnLineage: {
                _producer: 'https://example.com',
                _schemaURL: 'https://example.com',
              },
            },
          },
        ],
      },
    ],
  ])('says: %s', (message, wrong) => {
    expect(() =>
      ours.validate(
        wrong === undefined ? wrong : JSON.parse(JSON.stringify(wrong)),
      ),
    ).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringContaining(message),
      }),
    );
  });

  it('bounds how deep an event goes, also where the schema does not', () => {
    const facets = { odd: nested(100_000) };
    expect(() =>
      ours.validate({ ...runEvent, job: { ...job, facets } }),
    ).toThrow('nested deeper');
  });

  it('keeps what it says short, whatever the event', () => {
    const facets = { ['x'.repeat(100_000)]: 1 };
    expect(() =>
      ours.validate({ ...runEvent, job: { ...job, facets } }),
    ).toThrow(/^.{1,600}$/);
  });

  it('answers any JSON with an event or an InputError, and changes no prototype', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.jsonValue().map(value => ({ ...runEvent, inputs: value })),
          fc
            .jsonValue()
            .map(value => ({ ...runEvent, job: { ...job, facets: value } })),
          fc
            .jsonValue()
            .map(value =>
              JSON.parse(
                `{"__proto__": ${JSON.stringify(value)}, ${JSON.stringify(
                  runEvent,
                ).slice(1)}`,
              ),
            ),
        ),
        value => {
          expect(outcomeOf(value)).toMatch(/^(job|dataset|InputError)$/);
          expect(({} as any).kind).toBeUndefined();
        },
      ),
      { numRuns: 2000 },
    );
  });
});

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * Folder `spec` of a checkout of github.com/OpenLineage/OpenLineage: our reading
 * of the specification is compared with the published one. Needed after a new
 * version of it.
 */
const spec = process.env.SKEIN_OPENLINEAGE_SPEC ?? '';

const readJson = (...path: string[]) =>
  JSON.parse(readFileSync(join(spec, ...path), 'utf8'));

/** Where a facet of a published schema stands in an event, by the base that it extends. */
const places: Record<string, string[]> = {
  RunFacet: ['run', 'facets'],
  JobFacet: ['job', 'facets'],
  DatasetFacet: ['inputs', '0', 'facets'],
  InputDatasetFacet: ['inputs', '0', 'inputFacets'],
  OutputDatasetFacet: ['outputs', '0', 'outputFacets'],
};

/** The facets of one file: key, schema, and where they stand. */
function facetsOf(file: string) {
  const schema = readJson('facets', file);
  const [[key]] = Object.entries(schema.properties);
  const text = JSON.stringify(schema);
  return Object.keys(places)
    .filter(kind => text.includes(`#/$defs/${kind}"`))
    .filter(kind => !(file.startsWith('ParentRun') && kind === 'JobFacet'))
    .map(kind => ({ key, schema, base: kind, at: places[kind] }));
}

function eventWith(at: string[], facets: Json): any {
  const made: any = {
    eventTime: '2026-01-31T12:00:00Z',
    producer: 'https://example.com/producer',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json',
    run: { runId: '0190f3c3-1b8a-7c4e-9d3a-2f6f3d0c9b11' },
    job: { namespace: 'n', name: 'j' },
    inputs: [{ namespace: 'n', name: 'in' }],
    outputs: [{ namespace: 'n', name: 'out' }],
  };
  let place = made;
  for (const step of at.slice(0, -1)) place = place[step];
  place[at[at.length - 1]] = facets;
  return made;
}

type Change = { type: 'remove' } | { type: 'set'; value: Json };

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.constant({ type: 'remove' } as const),
  fc.record({
    type: fc.constant('set' as const),
    value: fc.constantFrom<Json>(
      null,
      true,
      0,
      1.5,
      -3,
      '',
      'text',
      'DATASET',
      'JOB',
      'DIRECT',
      'binary',
      'field',
      'https://example.com',
      'not a date',
      '2026-01-01T00:00:00Z',
      [],
      {},
      [{}],
      ['a'],
      { a: {} },
      { a: 1 },
      { a: 'b' },
    ),
  }),
);

/** Changes one of all values in a JSON tree. */
function mutate(root: any, where: number, how: Change): void {
  const slots: Array<[any, string]> = [];
  const visit = (value: any) => {
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value)) {
      slots.push([value, key]);
      visit(value[key]);
    }
  };
  visit(root);
  if (slots.length === 0) return;
  const [owner, key] = slots[where % slots.length];
  if (how.type === 'set') owner[key] = how.value;
  else if (Array.isArray(owner)) owner.splice(Number(key), 1);
  else delete owner[key];
}

/** We ask less of a facet that is deleted. */
function hasDeleted(given: unknown): boolean {
  return JSON.stringify(given).includes('_deleted');
}

const formatted: Record<string, string> = {
  'date-time': '2026-01-01T00:00:00Z',
  uuid: '0190f3c3-1b8a-7c4e-9d3a-2f6f3d0c9b11',
  uri: 'https://example.com',
};

/** A facet with all that its schema names, where no sample is published. */
function generate(schema: any, key: string, kind: string): Json {
  const definitions: any = schema.$defs;
  const name = Object.keys(definitions).find(
    each =>
      each.includes('Facet') &&
      JSON.stringify(definitions[each]).includes(`#/$defs/${kind}"`),
  )!;
  const build = (node: any): any => {
    if (node.$ref) {
      const local = /^#\/\$defs\/(.+)$/.exec(node.$ref);
      return local ? build(definitions[local[1]]) : {};
    }
    if (node.allOf) return Object.assign({}, ...node.allOf.map(build));
    if (node.oneOf || node.anyOf) return build((node.oneOf ?? node.anyOf)[0]);
    if (node.const !== undefined) return node.const;
    if (node.enum) return node.enum[0];
    if (node.type === 'array') return [build(node.items)];
    if (node.type === 'integer' || node.type === 'number') return 1;
    if (node.type === 'boolean') return true;
    if (node.type === 'string') {
      return formatted[node.format] ?? 'text';
    }
    return Object.fromEntries(
      Object.entries(node.properties ?? {}).map(([each, child]) => [
        each,
        build(child),
      ]),
    );
  };
  const facet = {
    _producer: 'https://example.com',
    _schemaURL: 'https://example.com',
    ...build(definitions[name]),
  };
  delete facet._deleted;
  return { [key]: facet };
}

if (spec) {
  describe('the published specification', () => {
    let validator: EventValidator;
    let ajv: Ajv2020;
    let validateEvent: ValidateFunction;

    beforeAll(() => {
      validator = EventValidator.create();
      ajv = new Ajv2020({ strict: false });
      addFormats(ajv);
      validateEvent = ajv.compile(readJson('OpenLineage.json'));
    });

    const isOurs = (event: unknown) => {
      try {
        validator.validate(event);
        return true;
      } catch {
        return false;
      }
    };

    it('takes the published example event', () => {
      expect(isOurs(readJson('tests', 'example_full_event.json'))).toBe(true);
    });

    const facets = readdirSync(join(spec, 'facets'))
      .filter(file => file.endsWith('.json'))
      .flatMap(file => facetsOf(file).map(each => ({ ...each, file })));

    const samplesOf = (file: string): Array<{ name: string; facets: any }> => {
      const samples = join(spec, 'tests', file.replace('.json', ''));
      return existsSync(samples)
        ? readdirSync(samples)
            .filter(name => name.endsWith('.json'))
            .map(name => ({
              name,
              facets: readJson('tests', file.replace('.json', ''), name),
            }))
        : [];
    };

    describe.each(facets)(
      '$file as a $base',
      ({ file, key, schema, base, at }) => {
        let validateFacets: ValidateFunction;

        beforeAll(() => {
          if (!ajv.getSchema(schema.$id)) ajv.addSchema(schema);
          // One file has two facets of one name, of which either would do there.
          validateFacets =
            file === 'LineageFacet.json'
              ? ajv.compile({
                  properties: {
                    lineage: { $ref: `${schema.$id}#/$defs/Lineage${base}` },
                  },
                })
              : ajv.getSchema(schema.$id)!;
        });

        /** The published verdict: the event's, and that of the facet's own schema. */
        const isTheirs = (event: any) => {
          if (!validateEvent(event)) return false;
          let place: any = event;
          for (const step of at) place = place?.[step];
          return (
            place?.[key] === undefined || validateFacets({ [key]: place[key] })
          );
        };

        it('takes the published samples', () => {
          for (const { name, facets: sample } of samplesOf(file)) {
            const event = eventWith(at, { [key]: sample[key] ?? sample });
            expect({ name, valid: isOurs(event) }).toEqual({
              name,
              valid: isTheirs(event),
            });
          }
        });

        it('agrees on samples that were changed at random', () => {
          const seeds: any[] = samplesOf(file).map(({ facets: all }) =>
            eventWith(at, { [key]: all[key] ?? all }),
          );
          if (seeds.length === 0)
            seeds.push(eventWith(at, generate(schema, key, base)));
          fc.assert(
            fc.property(
              fc.constantFrom(...seeds),
              fc.array(fc.tuple(fc.nat(), change), {
                minLength: 1,
                maxLength: 3,
              }),
              (seed, changes) => {
                const event = structuredClone(seed);
                for (const [where, how] of changes) mutate(event, where, how);
                if (hasDeleted(event)) return;
                expect({ valid: isOurs(event), event }).toEqual({
                  valid: isTheirs(event),
                  event,
                });
              },
            ),
            { numRuns: 1500 },
          );
        });
      },
    );
  });
}
