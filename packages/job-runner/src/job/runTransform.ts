import { Checkout } from '../checkout/Checkout';
import { readSources, Sources } from '../checkout/readSources';
import { detectFramework } from '../detect/detectFramework';
import { JobResult, TransformReport } from '../protocol';
import {
  decideOutcome,
  RewriteSummary,
  summarize,
} from '../transform/decideOutcome';
import { findMentions } from '../transform/findMentions';
import { Verification } from '../verify';
import { AppliedRewrite, applyRewrite } from './applyRewrite';
import { fetchSource } from './fetchSource';
import { JobContext } from './JobContext';
import { JobFailure } from './JobFailure';
import { TargetVerification } from './TargetVerification';

/**
 * Makes a change: source, detect, baseline, transform, verify, report.
 *
 * @param report - is filled on the way, so that a job that ends early has one too
 * @throws JobFailure
 */
export async function runTransform(
  context: JobContext,
  report: TransformReport,
): Promise<JobResult> {
  const { log } = context;
  const checkout = await fetchSource(context);
  const sources = await detect(context, checkout, report);

  log.phase('baseline', 'Running the checks before any change');
  const verification = await TargetVerification.create(
    context,
    checkout,
    sources.files,
    report.baseline,
  );

  log.phase('transform', 'Rewriting');
  const { summary, applied } = await transform(context, checkout, sources);
  report.edits = summary.edits;
  report.refusals = summary.refusals;
  const verdict = decideOutcome(summary);
  const patch = patchText(context, applied);
  log.info(verdict.summary);
  report.verification.push({
    name: 'No reference to the old dataset is left unexplained',
    source: 'skein',
    outcome: verdict.outcome === 'unproven' ? 'failed' : 'passed',
    summary: verdict.summary,
    durationMs: 0,
  });
  if (verdict.outcome === 'unproven') {
    throw new JobFailure('rewrite-unproven', verdict.summary, patch);
  }

  if (patch !== '') {
    log.phase('verify', 'Running the checks again');
    requireVerified(
      await verification.verify(context, applied, report.verification),
      patch,
    );
  }
  log.phase('report', verdict.summary);
  const { outcome, summary: text } = verdict;
  return { task: 'transform', outcome, summary: text, patch, report };
}

async function detect(
  { log, spec }: JobContext,
  checkout: Checkout,
  report: TransformReport,
): Promise<Sources> {
  log.phase('detect', 'Looking at the files');
  const sources = await readSources(checkout, spec.target.path);
  report.framework = detectFramework(sources.files) ?? 'unknown';
  log.info(`${sources.files.length} text files, framework ${report.framework}`);
  if (report.framework !== spec.target.framework) {
    log.warn(`The scope has ${spec.target.framework} as the framework`);
  }
  for (const { tree, why } of sources.unread.slice(0, 50)) {
    log.warn(`${tree.path} is not read, since ${why}`);
  }
  return sources;
}

/** Rewrites, with all paths relative to the repository from here on. */
async function transform(
  { rewriter, spec, signal }: JobContext,
  checkout: Checkout,
  sources: Sources,
): Promise<{ summary: RewriteSummary; applied: AppliedRewrite }> {
  const { mappings, options, target } = spec;
  const result = await rewriter.rewrite(
    sources.files,
    mappings,
    options,
    signal,
  );
  const applied = await applyRewrite(checkout, sources.files, result);
  const { edits, refusals, unproven } = summarize(result);
  const inRepository = <T extends { file: string }>(item: T) =>
    target.path === ''
      ? item
      : { ...item, file: `${target.path}/${item.file}` };
  return {
    applied,
    summary: {
      edits: edits.map(inRepository),
      refusals: [
        ...refusals.map(inRepository),
        ...findMentions(sources.unread, mappings),
      ],
      unproven: unproven.map(inRepository),
    },
  };
}

function patchText({ spec }: JobContext, { patch }: AppliedRewrite): string {
  const { patchBytes } = spec.limits;
  if (patch.length > patchBytes) {
    throw new JobFailure(
      'patch-too-large',
      `The patch has ${patch.length} bytes; its limit is ${patchBytes}`,
    );
  }
  return patch.toString('utf8');
}

function requireVerified({ blamed }: Verification, patch: string): void {
  if (!blamed) return;
  const { name, summary } = blamed.result;
  throw new JobFailure(
    blamed.limit ?? 'verification-failed',
    `The check "${name}" fails after the change: ${summary}`,
    patch,
  );
}
