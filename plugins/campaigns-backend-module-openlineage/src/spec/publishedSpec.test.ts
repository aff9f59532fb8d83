import Ajv2020, { ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { EventValidator } from './EventValidator';

/**
 * Compares our reading of the specification with the published one: set
 * SKEIN_OPENLINEAGE_SPEC to the folder `spec` of a checkout of
 * github.com/OpenLineage/OpenLineage. Needed after a new version of it.
 */
const spec = process.env.SKEIN_OPENLINEAGE_SPEC;

jest.setTimeout(120_000);

const describeWithSpec = spec && existsSync(spec) ? describe : describe.skip;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const readJson = (...path: string[]) =>
  JSON.parse(readFileSync(join(spec!, ...path), 'utf8'));

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
    .filter(base => text.includes(`#/$defs/${base}"`))
    .filter(base => !(file.startsWith('ParentRun') && base === 'JobFacet'))
    .map(base => ({ key, schema, base, at: places[base] }));
}

function eventWith(at: string[], facets: Json): any {
  const event: any = {
    eventTime: '2026-01-31T12:00:00Z',
    producer: 'https://example.com/producer',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json',
    run: { runId: '0190f3c3-1b8a-7c4e-9d3a-2f6f3d0c9b11' },
    job: { namespace: 'n', name: 'j' },
    inputs: [{ namespace: 'n', name: 'in' }],
    outputs: [{ namespace: 'n', name: 'out' }],
  };
  let place = event;
  for (const step of at.slice(0, -1)) place = place[step];
  place[at[at.length - 1]] = facets;
  return event;
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
function hasDeleted(event: unknown): boolean {
  return JSON.stringify(event).includes('_deleted');
}

const formatted: Record<string, string> = {
  'date-time': '2026-01-01T00:00:00Z',
  uuid: '0190f3c3-1b8a-7c4e-9d3a-2f6f3d0c9b11',
  uri: 'https://example.com',
};

/** A facet with all that its schema names, where no sample is published. */
function generate(schema: any, key: string, base: string): Json {
  const definitions: any = schema.$defs;
  const name = Object.keys(definitions).find(
    each =>
      each.includes('Facet') &&
      JSON.stringify(definitions[each]).includes(`#/$defs/${base}"`),
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

describeWithSpec('the published specification', () => {
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

  const files = spec ? readdirSync(join(spec, 'facets')) : [];
  const facets = files
    .filter(file => file.endsWith('.json'))
    .flatMap(file => facetsOf(file).map(each => ({ ...each, file })));

  const samplesOf = (file: string): Array<{ name: string; facets: any }> => {
    const folder = join(spec!, 'tests', file.replace('.json', ''));
    return existsSync(folder)
      ? readdirSync(folder)
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
