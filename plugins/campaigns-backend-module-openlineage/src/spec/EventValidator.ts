import { InputError } from '@backstage/errors';
import Ajv2020, { ErrorObject, ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { schemaField, subsetCondition } from './datasetFacets';
import { datasetEvent, jobEvent, runEvent } from './eventSchemas';
import { isTooDeep } from './isTooDeep';
import { OpenLineageEvent } from './types';

/** Deeper than any plan of a query that an engine puts into a facet. */
const MAX_DEPTH = 200;

/** Checks events against the specification. */
export class EventValidator {
  readonly #run: ValidateFunction;
  readonly #job: ValidateFunction;
  readonly #dataset: ValidateFunction;

  private constructor(ajv: Ajv2020) {
    this.#run = ajv.compile(runEvent);
    this.#job = ajv.compile(jobEvent);
    this.#dataset = ajv.compile(datasetEvent);
  }

  static create(): EventValidator {
    const ajv = new Ajv2020({
      schemas: [schemaField, subsetCondition],
      // Facets have fields that `required` names in another branch.
      strictRequired: false,
      strictTypes: false,
    });
    addFormats(ajv);
    return new EventValidator(ajv);
  }

  /** @throws InputError what is wrong first, and where */
  validate(event: unknown): OpenLineageEvent {
    if (typeof event !== 'object' || event === null || Array.isArray(event)) {
      throw new InputError('An event is a JSON object');
    }
    if (isTooDeep(event, MAX_DEPTH)) {
      throw new InputError(`The event is nested deeper than ${MAX_DEPTH}`);
    }
    const [hasRun, hasJob, hasDataset] = ['run', 'job', 'dataset'].map(key =>
      Object.hasOwn(event, key),
    );
    if (hasJob && (hasRun || !hasDataset)) {
      check(hasRun ? this.#run : this.#job, event);
      const { eventTime, job, inputs = [], outputs = [] } = event as any;
      return { kind: 'job', eventTime, job, inputs, outputs };
    }
    if (hasDataset && !hasJob) {
      check(this.#dataset, event);
      const { eventTime, dataset } = event as any;
      return { kind: 'dataset', eventTime, dataset };
    }
    throw new InputError(
      hasJob
        ? "The event has both 'job' and 'dataset', and no 'run': a job and a dataset are described by an event each"
        : "The event is none of RunEvent (with 'run' and 'job'), JobEvent (with 'job') and DatasetEvent (with 'dataset')",
    );
  }
}

function check(validate: ValidateFunction, event: object): void {
  if (validate(event)) return;
  throw new InputError(describe(validate.errors![0]));
}

function describe({ instancePath, message, params }: ErrorObject): string {
  const where = instancePath === '' ? 'The event' : `'${instancePath}'`;
  const allowed = params.allowedValues
    ? ` (${params.allowedValues.join(', ')})`
    : '';
  return `${where} ${message}${allowed}`.slice(0, 500);
}
