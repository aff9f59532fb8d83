import {
  ExtractedError,
  JobResult,
  protocolLimits,
  TransformReport,
} from '../protocol';
import { cutText, lastPart } from '../process/cutText';

const LINE = 1_900;
const CODE = 90_000;

/** A result within the protocol's bounds; what is cut from its report is said in it. */
export function fitResult(result: JobResult): JobResult {
  const summary = cutText(result.summary.replace(/\s+/g, ' '), 500);
  if (result.task === 'scan') return { ...result, summary };
  let report = boundTexts(result.report);
  while (sizeOf(report) > protocolLimits.reportBytes * 0.9) {
    report = halve(report);
  }
  return { ...result, summary, report };
}

function sizeOf(value: object): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** Texts in it come from the repository and have any length. */
function boundTexts(report: TransformReport): TransformReport {
  const line = (text: string) => cutText(text, LINE);
  const code = (text: string) => cutText(text, CODE);
  const bounded: TransformReport = {
    ...report,
    sandbox: line(report.sandbox),
    edits: report.edits.map(edit => ({
      ...edit,
      oldText: code(edit.oldText),
      newText: code(edit.newText),
      cause: line(edit.cause),
      reason: line(edit.reason),
    })),
    refusals: report.refusals.map(refusal => ({
      ...refusal,
      text: code(refusal.text),
      reason: line(refusal.reason),
      ...(refusal.cause && { cause: line(refusal.cause) }),
      ...(refusal.note && { note: code(refusal.note) }),
    })),
    baseline: report.baseline.map(boundCheck),
    verification: report.verification.map(boundCheck),
  };
  const cut = sizeOf(bounded) !== sizeOf(report);
  return cut ? { ...bounded, truncated: true } : bounded;
}

function boundCheck(
  check: TransformReport['baseline'][number],
): TransformReport['baseline'][number] {
  return {
    ...check,
    name: cutText(check.name, 200),
    summary: cutText(check.summary, LINE),
    ...(check.command && {
      command: check.command.slice(0, 500).map(word => cutText(word, CODE)),
    }),
    ...(check.errors && { errors: check.errors.slice(0, 50).map(boundError) }),
    ...(check.output && { output: lastPart(check.output, CODE) }),
  };
}

function boundError(error: ExtractedError): ExtractedError {
  const { file, code, test, detail } = error;
  return {
    ...error,
    message: cutText(error.message, LINE),
    ...(file && { file: cutText(file, LINE) }),
    ...(code && { code: cutText(code, 200) }),
    ...(test && { test: cutText(test, 500) }),
    ...(detail && { detail: cutText(detail, 4_000) }),
  };
}

function halve(report: TransformReport): TransformReport {
  const half = <T>(items: T[]) => items.slice(0, Math.floor(items.length / 2));
  const largest = Math.max(report.edits.length, report.refusals.length);
  if (largest === 0)
    return { ...report, baseline: [], verification: [], truncated: true };
  return report.edits.length >= report.refusals.length
    ? { ...report, edits: half(report.edits), truncated: true }
    : { ...report, refusals: half(report.refusals), truncated: true };
}
