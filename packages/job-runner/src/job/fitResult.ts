import { Leftovers, Refusal } from '@skein/mapping-rewriter';
import {
  AgentReport,
  CommandReport,
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
  return { ...result, summary, report: fitReport(result.report) };
}

/** A report within the protocol's bounds; what is cut is said in it. */
export function fitReport(whole: TransformReport): TransformReport {
  let report = boundTexts(whole);
  while (sizeOf(report) > protocolLimits.reportBytes * 0.9) {
    report = halve(report);
  }
  return report;
}

function sizeOf(value: object): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** Texts in it come from the repository and have any length. */
function boundTexts(report: TransformReport): TransformReport {
  const bounded: TransformReport = {
    ...report,
    sandbox: line(report.sandbox),
    edits: report.edits.map(edit => ({
      ...edit,
      oldText: codeText(edit.oldText),
      newText: codeText(edit.newText),
      cause: line(edit.cause),
      reason: line(edit.reason),
    })),
    refusals: report.refusals.map(boundRefusal),
    ...(report.leftovers && { leftovers: boundLeftovers(report.leftovers) }),
    ...(report.agent && { agent: boundAgent(report.agent) }),
    ...(report.commands && { commands: report.commands.map(boundCommand) }),
    ...(report.reviews && {
      reviews: report.reviews.slice(-50).map(review => ({
        ...review,
        feedback: review.feedback.slice(0, 100).map(line),
      })),
    }),
    baseline: report.baseline.map(boundCheck),
    verification: report.verification.map(boundCheck),
  };
  const cut = sizeOf(bounded) !== sizeOf(report);
  return cut ? { ...bounded, truncated: true } : bounded;
}

function line(text: string): string {
  return cutText(text, LINE);
}

function codeText(text: string): string {
  return cutText(text, CODE);
}

function boundRefusal(refusal: Refusal): Refusal {
  return {
    ...refusal,
    text: codeText(refusal.text),
    reason: line(refusal.reason),
    ...(refusal.cause && { cause: line(refusal.cause) }),
    ...(refusal.note && { note: codeText(refusal.note) }),
  };
}

/** All are counted; those that may hide a use of the old dataset come first. */
function boundLeftovers(leftovers: Leftovers): Leftovers {
  return {
    ...leftovers,
    places: leftovers.places
      .slice(0, protocolLimits.leftoverPlaces)
      .map(place => ({
        ...place,
        text: cutText(place.text, 200),
        cause: line(place.cause),
      })),
  };
}

function boundAgent(agent: AgentReport): AgentReport {
  return {
    ...agent,
    summary: line(agent.summary),
    remarks: agent.remarks.slice(0, 50).map(line),
    ...(agent.model && { model: line(agent.model) }),
    files: agent.files.slice(0, 5_000),
    resolved: agent.resolved.slice(0, 500).map(boundRefusal),
    asked: agent.asked.slice(0, 500).map(boundRefusal),
  };
}

function boundCommand(command: CommandReport): CommandReport {
  return {
    ...command,
    command: command.command.slice(0, 500).map(codeText),
    summary: line(command.summary),
    ...(command.output && { output: lastPart(command.output, CODE) }),
    files: command.files.slice(0, 5_000),
    left: command.left.slice(0, 500).map(line),
  };
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
  const { file, code: rule, test, detail } = error;
  return {
    ...error,
    message: cutText(error.message, LINE),
    ...(file && { file: cutText(file, LINE) }),
    ...(rule && { code: cutText(rule, 200) }),
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
