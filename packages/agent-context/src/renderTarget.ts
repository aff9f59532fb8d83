import type { Edit, Refusal } from '@skein/mapping-rewriter';
import { fenceText, inLine } from './fenceText';
import { frameworkNotes, renderTemplate } from './renderTemplate';
import { PromptInput } from './types';

const LISTED = 200;
const PROBLEM_CHARACTERS = 20_000;

/** What one job is told of its target; repository text in it stands between fences. */
export function renderTarget(input: PromptInput): string {
  const { context, target, rewrite, fence } = input;
  const notes = frameworkNotes(context.version, target.framework);
  const edits = rewrite.edits.filter(edit => edit.kind !== 'note');
  return renderTemplate(context.version, 'target', {
    fence,
    repository: inLine(target.repository),
    folder:
      target.path === ''
        ? 'all of the repository'
        : fenceInLine(target.path, fence),
    framework: inLine(target.framework, 64),
    done:
      edits.length > 0
        ? fenceText(describeEdits(edits), fence)
        : 'Nothing: it found no place that it could change for sure.',
    left:
      rewrite.refusals.length > 0
        ? fenceText(describeRefusals(rewrite.refusals), fence)
        : 'Nothing.',
    checks: describeChecks(target.checks, fence),
    notes: notes ? `# Notes on the framework\n\n${notes}\n` : '',
    todo: describeTask(input),
  });
}

function describeTask({ rewrite, fence }: PromptInput): string {
  const problems = rewrite.problems ?? [];
  const task =
    rewrite.refusals.length > 0
      ? 'Go through the places that the rewriter left, one after the other. Where the mapping table says what to do, do it; where it does not, call `ask_for_human`. Then call `verify`, and `finish`.'
      : 'Bring the target to the end state of the campaign. Then call `verify`, and `finish`.';
  if (problems.length === 0) return task;
  const text = problems.join('\n\n').slice(0, PROBLEM_CHARACTERS);
  return `The change so far does not pass. What was found:\n\n${fenceText(
    text,
    fence,
  )}\n\nFind the cause and correct the change, not the check. ${task}`;
}

function describeEdits(edits: Edit[]): string {
  const lines = edits
    .slice(0, LISTED)
    .map(
      edit =>
        `${place(edit)} ${edit.kind}: ${inLine(edit.oldText, 200)} -> ${inLine(
          edit.newText,
          200,
        )} (${inLine(edit.reason, 200)})`,
    );
  return [...lines, ...more(edits.length)].join('\n');
}

function describeRefusals(refusals: Refusal[]): string {
  const lines = refusals
    .slice(0, LISTED)
    .map(
      (refusal, index) =>
        `${index + 1}. ${place(refusal)}-${refusal.span.end} ${
          refusal.kind
        } ${inLine(refusal.text, 300)} [${refusal.code}]: ${inLine(
          refusal.reason,
        )}`,
    );
  return [...lines, ...more(refusals.length)].join('\n');
}

/** Line and column, and the offsets of the text as it was before the rewriter. */
function place({ file, span }: Edit | Refusal): string {
  return `${inLine(file, 1_000)}:${span.line}:${span.column} @${span.start}`;
}

function more(count: number): string[] {
  return count > LISTED ? [`… and ${count - LISTED} more`] : [];
}

function describeChecks(checks: string[] | undefined, fence: string): string {
  if (checks === undefined) {
    return '`verify` runs what the repository declares; which checks these are is found out when the job runs.';
  }
  const own =
    '`verify` looks whether the old dataset is still read and whether files still parse';
  if (checks.length === 0) {
    return `${own}. The repository declares no checks of its own: be all the more careful.`;
  }
  const list = checks.slice(0, LISTED).map(name => `- ${inLine(name, 200)}`);
  return `${own}, and runs these checks of the repository:\n\n${fenceText(
    list.join('\n'),
    fence,
  )}`;
}

/** Names of folders come from the repository too. */
function fenceInLine(text: string, fence: string): string {
  return `\n\n${fenceText(inLine(text, 1_000), fence)}\n`;
}
