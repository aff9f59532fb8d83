import { InputError } from '@backstage/errors';
import { JobLimits, JobResult, protocolLimits } from '@skein/job-runner';
import { FailureKind } from '@skein/plugin-campaigns-common';
import { checkPatchPaths } from '../patch/checkPatchPaths';
import { parsePatch, PatchedFile } from '../patch/parsePatch';
import { redactResult } from './redactResult';
import { jobResultSchema } from './schemas';

/** A result that can be trusted to have the shape and reach that it may have. */
export interface CheckedResult {
  result: JobResult;
  files: PatchedFile[];
}

/** A result that is refused, and as what the job fails for it. */
export class RefusedResultError extends InputError {
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/**
 * Checks what a runner sent as its result: shape, sizes, and that the patch is
 * a plain one that stays inside the target's folder. What looks like a secret in
 * its words is taken out.
 *
 * @throws RefusedResultError
 */
export function readResult(
  body: unknown,
  job: { task: JobResult['task']; path: string; limits: JobLimits },
): CheckedResult {
  const parsed = jobResultSchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new RefusedResultError(
      'protocol-error',
      `The runner's result has another shape than the protocol says, at ${
        issue.path.join('.') || 'its root'
      }`,
    );
  }
  const result = parsed.data;
  if (result.task !== job.task) {
    throw new RefusedResultError(
      'protocol-error',
      `The runner's result is for a ${result.task}, the job is a ${job.task}`,
    );
  }
  const { patch, ...rest } =
    result.task === 'transform' ? result : { ...result, patch: '' };
  if (Buffer.byteLength(JSON.stringify(rest)) > protocolLimits.reportBytes) {
    throw new RefusedResultError(
      'protocol-error',
      `The runner's report is over ${protocolLimits.reportBytes} bytes`,
    );
  }
  if (Buffer.byteLength(patch) > job.limits.patchBytes) {
    throw new RefusedResultError(
      'patch-too-large',
      `The patch is over ${job.limits.patchBytes} bytes`,
    );
  }
  const files = readPatch(patch, job.path);
  checkConsistency(result, files);
  return { result: redactResult(result), files };
}

function checkConsistency(result: JobResult, files: PatchedFile[]): void {
  const found =
    result.task === 'scan' ? result.references.length : files.length;
  const empty = result.outcome === 'clean' || result.outcome === 'noChanges';
  const full = result.outcome === 'stillReads' || result.outcome === 'proposed';
  if ((empty && found > 0) || (full && found === 0)) {
    throw new RefusedResultError(
      'protocol-error',
      `The runner says '${result.outcome}' and sent ${found} ${
        result.task === 'scan' ? 'references' : 'changed files'
      }`,
    );
  }
}

/**
 * Reads a patch and checks where it goes.
 *
 * @throws RefusedResultError
 */
export function readPatch(patch: string, folder: string): PatchedFile[] {
  try {
    const files = parsePatch(patch);
    checkPatchPaths(files, folder);
    return files;
  } catch (error) {
    throw new RefusedResultError('protocol-error', (error as Error).message);
  }
}
