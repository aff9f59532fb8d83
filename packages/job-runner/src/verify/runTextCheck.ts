import { SourceFile } from '@skein/mapping-rewriter';
import { Failure, toExtractedErrors } from '../extract';
import { ERRORS_KEPT } from './runRepositoryCheck';
import { RanCheck, TextCheck, TextContext, TextProblem } from './types';

/** Runs a check of our own; the same shape comes back as from a command. */
export function runTextCheck(
  check: TextCheck,
  files: SourceFile[],
  context: TextContext,
): RanCheck {
  const startedAt = Date.now();
  const failures = toFailures(check.problems(files, context), context.path);
  const failed = failures.length > 0;
  return {
    role: 'lint',
    verifies: check.verifies,
    failures,
    result: {
      name: check.name,
      source: 'skein',
      outcome: failed ? 'failed' : 'passed',
      summary: failed ? summarize(failures) : 'no problem',
      ...(failed && { errors: toExtractedErrors(failures, ERRORS_KEPT) }),
      durationMs: Date.now() - startedAt,
    },
  };
}

function summarize([{ error }]: Failure[]): string {
  return `${error.file}: ${error.message}`;
}

function toFailures(problems: TextProblem[], path: string): Failure[] {
  const failures = new Map<string, Failure>();
  for (const { file, line, message } of problems) {
    const fingerprint = `${file}\u0001${message}`;
    const known = failures.get(fingerprint);
    if (known) known.count += 1;
    else {
      failures.set(fingerprint, {
        fingerprint,
        count: 1,
        error: {
          tool: 'skein',
          rank: 'cause',
          file: path === '' ? file : `${path}/${file}`,
          ...(line !== undefined && { line }),
          message,
        },
      });
    }
  }
  return [...failures.values()];
}
