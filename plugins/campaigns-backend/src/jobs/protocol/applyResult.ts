import { JobResult } from '@skein/job-runner';
import { Knex } from 'knex';
import { ContextContent } from '../../campaigns/context';
import { insertCiRun } from '../../database/operations/ci/insertCiRun';
import { storeRemarks } from '../../database/operations/feedback/storeRemarks';
import { insertChange } from '../../database/operations/jobs/insertChange';
import { HeldJob } from '../../database/operations/jobs/lockHeldJob';
import { JobRow } from '../../database/operations/jobs/tables';
import { ContextRevisionRow } from '../../database/tables';
import { JobFailure, JobQueue, StoredChange } from '../../queue/JobQueue';
import { oneLine } from '../oneLine';
import { CheckedResult } from './readResult';
import { ReviewedResult } from './reviewResult';

type TransformResult = Extract<JobResult, { task: 'transform' }>;
type ScanResult = Extract<JobResult, { task: 'scan' }>;

/**
 * Ends a job with its runner's result: change, target and job in one transaction.
 *
 * @param attempt.baseCommit - what the runner worked on; undefined where it never asked for the source
 * @throws ConflictError where the job is no longer the attempt's
 */
export async function applyResult(
  queue: JobQueue,
  held: HeldJob,
  reviewed: ReviewedResult,
  attempt: { baseCommit: string | undefined; resultDigest: string },
): Promise<void> {
  const { resultDigest } = attempt;
  const { result, files } = reviewed.checked;
  if (result.task === 'scan') {
    await applyScan(queue, held, result, resultDigest);
    return;
  }
  const store = async (tx: Knex.Transaction, job: JobRow) =>
    attempt.baseCommit === undefined
      ? undefined
      : storeChange(tx, job, { result, files }, attempt.baseCommit);
  const failure = failureIn(result, reviewed);
  if (failure) {
    await queue.fail(held, { ...failure, resultDigest }, store);
    return;
  }
  const summary = oneLine(result.summary);
  await queue.complete(held, async (tx, job) => {
    const stored = await store(tx, job);
    const change = result.outcome === 'proposed' ? stored?.changeId : undefined;
    const awaitsCi = change !== undefined && (await wantsRemoteCi(tx, job));
    if (awaitsCi) await insertCiRun(tx, job.target_id, change);
    return {
      message: summary,
      resultDigest,
      event: {
        type: 'finished',
        outcome: awaitsCi ? 'verifying' : result.outcome,
        reason: summary,
        approvalRequired: reviewed.approvalRequired,
        ...stored,
      },
    };
  });
}

/** Why a change is not proposed. Where a call to the model was refused for want of budget, the queue says that instead. */
function failureIn(
  result: TransformResult,
  { blocked, overBudget }: ReviewedResult,
): JobFailure | undefined {
  const message = oneLine(result.summary);
  if (result.outcome === 'failed') return { kind: result.failureKind, message };
  if (result.outcome === 'overBudget') {
    return { kind: 'agent-unfinished', message };
  }
  if (overBudget !== undefined) {
    return { kind: 'agent-unfinished', message: oneLine(overBudget) };
  }
  return blocked === undefined
    ? undefined
    : { kind: 'review-rejected', message: blocked };
}

async function wantsRemoteCi(
  tx: Knex.Transaction,
  job: JobRow,
): Promise<boolean> {
  // Nothing of a trial leaves the back end.
  if (job.task === 'evaluate') return false;
  const revision = await tx<ContextRevisionRow>('context_revisions')
    .where({ id: job.revision_id })
    .first('content');
  const context: ContextContent = JSON.parse(revision!.content);
  return context.verification.remoteCi !== undefined;
}

async function applyScan(
  queue: JobQueue,
  held: HeldJob,
  result: ScanResult,
  resultDigest: string,
): Promise<void> {
  if (result.outcome === 'failed') {
    const message = oneLine(result.summary);
    await queue.fail(held, { kind: 'runner-crashed', message, resultDigest });
    return;
  }
  const reason = describeScan(result);
  await queue.complete(held, async () => ({
    message: reason,
    resultDigest,
    event:
      result.outcome === 'clean'
        ? { type: 'verified' }
        : { type: 'stillReads', reason },
  }));
}

function describeScan({ references }: ScanResult): string {
  const [first] = references;
  if (!first) return 'No reference to the old dataset is left';
  const count =
    references.length === 1
      ? '1 reference to the old dataset is left'
      : `${references.length} references to the old dataset are left, the first`;
  return oneLine(`${count} in ${first.file}:${first.span.line}`);
}

async function storeChange(
  tx: Knex.Transaction,
  job: JobRow,
  { result, files }: { result: TransformResult; files: CheckedResult['files'] },
  baseCommit: string,
): Promise<StoredChange> {
  const changeId = await insertChange(tx, job, {
    baseCommit,
    patch: result.patch,
    report: result.report,
    filesChanged: files.length,
    insertions: files.reduce((sum, file) => sum + file.added.length, 0),
    deletions: files.reduce((sum, file) => sum + file.removed.length, 0),
  });
  await storeRemarks(tx, job, result.report.agent?.remarks);
  return {
    changeId,
    editCount: result.report.edits.filter(edit => edit.kind !== 'note').length,
    noteCount: result.report.refusals.length,
  };
}
