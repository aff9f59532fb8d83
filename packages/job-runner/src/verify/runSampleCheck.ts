import { SourceFile } from '@skein/mapping-rewriter';
import { Failure, toExtractedErrors } from '../extract';
import { JobSpec } from '../protocol';
import {
  runSampleProcess,
  SampleProcessOptions,
  SampleRun,
} from '../samples/runSampleProcess';
import { SampleVerdict } from '../samples/types';
import { ERRORS_KEPT } from './runRepositoryCheck';
import { RanCheck, TextContext } from './types';

const NAME = 'SQL gives the same on the sample rows';
/** Statements that are not compared and are told why. */
const LISTED = 20;

/**
 * Runs the SQL of a target on the campaign's sample rows, as it was and as it
 * is. It compares with the untouched texts itself, so what was so before is
 * never blamed on the change.
 *
 * @param files - as they are now; undefined for the baseline, which says what can be run
 * @param options - `before` is what the baseline said
 * @throws where the signal aborts it
 */
export async function runSampleCheck(
  samples: NonNullable<JobSpec['samples']>,
  context: TextContext,
  files: SourceFile[] | undefined,
  options: SampleProcessOptions & { before?: RanCheck },
): Promise<RanCheck> {
  const startedAt = Date.now();
  const { mappings, options: rewrite, original } = context;
  const run = await runSampleProcess(
    {
      before: original,
      ...(files && { after: files }),
      samples,
      schemas: rewrite.schemas ?? {},
      dialect: rewrite.dialect ?? 'bigquery',
      defaultProject: rewrite.defaultProject,
      datasets: mappings.map(({ from, to }) => ({ from, to })),
      outputs: rewrite.outputs ?? 'preserve',
    },
    options,
  );
  const failures = toFailures(run.verdicts, context.path);
  const skipped = run.verdicts.filter(({ outcome }) => outcome === 'skipped');
  return {
    role: 'test',
    verifies: true,
    failures,
    result: {
      name: NAME,
      source: 'skein',
      ...conclude(run, failures, files === undefined, options.before),
      ...(failures.length > 0 && {
        errors: toExtractedErrors(failures, ERRORS_KEPT),
      }),
      ...(skipped.length > 0 && { output: listSkipped(skipped) }),
      durationMs: Date.now() - startedAt,
    },
  };
}

function conclude(
  { incomplete, unavailable, verdicts }: SampleRun,
  failures: Failure[],
  isBaseline: boolean,
  before: RanCheck | undefined,
): { outcome: 'passed' | 'failed' | 'skipped'; summary: string } {
  if (failures.length > 0) {
    const [{ error }] = failures;
    return { outcome: 'failed', summary: `${error.file}: ${error.message}` };
  }
  if (unavailable) {
    const summary = `DuckDB is not available here: ${unavailable}`;
    return before?.result.outcome === 'passed'
      ? { outcome: 'failed', summary: `cannot be run any more: ${summary}` }
      : { outcome: 'skipped', summary };
  }
  const skipped = verdicts.filter(({ outcome }) => outcome === 'skipped');
  const good = verdicts.length - skipped.length;
  const why = skipped[0] && `${placeOf(skipped[0])}: ${skipped[0].messages[0]}`;
  const rest = [
    ...(skipped.length > 0
      ? [`${skipped.length} cannot be compared: ${why}`]
      : []),
    ...(incomplete ? [`not all were run, since ${incomplete}`] : []),
  ];
  if (good === 0) {
    const nothing = isBaseline
      ? 'no statement reads a deprecated dataset'
      : 'no statement means another thing';
    return { outcome: 'skipped', summary: rest.join('; ') || nothing };
  }
  const verb = good === 1 ? 'gives' : 'give';
  const said = isBaseline
    ? 'can be run on the sample rows'
    : `${verb} the same on the sample rows`;
  const count = good === 1 ? '1 statement' : `${good} statements`;
  const summary = [`${count} ${said}`, ...rest].join('; ');
  return { outcome: 'passed', summary };
}

function toFailures(verdicts: SampleVerdict[], path: string): Failure[] {
  return verdicts
    .filter(({ outcome }) => outcome === 'different')
    .flatMap(({ file, key, line, messages }) =>
      messages.map(message => ({
        fingerprint: `${key}\u0001${message}`,
        count: 1,
        error: {
          tool: 'skein',
          rank: 'cause' as const,
          file: path === '' ? file : `${path}/${file}`,
          ...(line !== undefined && { line }),
          message,
        },
      })),
    );
}

function listSkipped(skipped: SampleVerdict[]): string {
  const more = skipped.length - LISTED;
  return [
    'Not compared:',
    ...skipped
      .slice(0, LISTED)
      .map(verdict => `${placeOf(verdict)}: ${verdict.messages[0]}`),
    ...(more > 0 ? [`and ${more} more`] : []),
  ].join('\n');
}

function placeOf({ file, line }: SampleVerdict): string {
  return line === undefined ? file : `${file}:${line}`;
}
