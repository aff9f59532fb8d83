import fc from 'fast-check';
import { EventValidator } from './EventValidator';

const validator = EventValidator.create();

const event = {
  eventTime: '2026-01-31T12:00:00Z',
  producer: 'https://example.com/producer',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json',
  run: { runId: '0190f3c3-1b8a-7c4e-9d3a-2f6f3d0c9b11' },
  job: { namespace: 'n', name: 'j' },
};
const { run, job, ...base } = event;
const dataset = { namespace: 'bigquery', name: 'a.b.c' };

const nested = (depth: number): object => {
  let value: object = {};
  for (let i = 0; i < depth; i++) value = { fields: [value] };
  return value;
};

/** The kind of an event, or the name of the error. */
function outcomeOf(value: unknown): string {
  try {
    return validator.validate(value).kind;
  } catch (error) {
    return (error as Error).name;
  }
}

describe('EventValidator', () => {
  it('tells the three kinds of events', () => {
    expect(validator.validate({ ...event, inputs: [dataset] })).toMatchObject({
      kind: 'job',
      inputs: [dataset],
      outputs: [],
    });
    expect(validator.validate({ ...base, job })).toMatchObject({ kind: 'job' });
    expect(validator.validate({ ...base, dataset })).toMatchObject({
      kind: 'dataset',
      dataset,
    });
  });

  it.each<[string, unknown]>([
    ['An event is a JSON object', null],
    ['An event is a JSON object', [event]],
    ['An event is a JSON object', 'event'],
    ['is none of RunEvent', { ...base, run }],
    ['an event each', { ...base, job, dataset }],
    [
      "must have required property 'eventTime'",
      { ...event, eventTime: undefined },
    ],
    [
      `'/eventTime' must match format "date-time"`,
      { ...event, eventTime: 'now' },
    ],
    [
      `'/run/runId' must match format "uuid"`,
      { ...event, run: { runId: '1' } },
    ],
    [
      "'/job' must have required property 'name'",
      { ...event, job: { namespace: 'n' } },
    ],
    ["'/inputs' must be array", { ...event, inputs: {} }],
    [
      "'/inputs/1/name' must be string",
      { ...event, inputs: [dataset, { ...dataset, name: 1 }] },
    ],
    [
      "'/eventType' must be equal to one of the allowed values (START, RUNNING, COMPLETE, ABORT, FAIL, OTHER)",
      { ...event, eventType: 'DONE' },
    ],
    [
      "'/job/facets/anything' must have required property '_producer'",
      { ...event, job: { ...job, facets: { anything: {} } } },
    ],
    [
      "'/outputs/0/facets/columnLineage' must have required property 'fields'",
      {
        ...event,
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
      validator.validate(
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
      validator.validate({ ...event, job: { ...job, facets } }),
    ).toThrow('nested deeper');
  });

  it('keeps what it says short, whatever the event', () => {
    const facets = { ['x'.repeat(100_000)]: 1 };
    expect(() =>
      validator.validate({ ...event, job: { ...job, facets } }),
    ).toThrow(/^.{1,600}$/);
  });

  it('answers any JSON with an event or an InputError, and changes no prototype', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.jsonValue().map(value => ({ ...event, inputs: value })),
          fc
            .jsonValue()
            .map(value => ({ ...event, job: { ...job, facets: value } })),
          fc
            .jsonValue()
            .map(value =>
              JSON.parse(
                `{"__proto__": ${JSON.stringify(value)}, ${JSON.stringify(
                  event,
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
