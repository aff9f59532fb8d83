import { existsSync, realpathSync } from 'fs';
import { join } from 'path';
import {
  extractErrors,
  Failure,
  listedFiles,
  toExtractedErrors,
} from '../extract';
import { cleanLines } from '../extract/cleanLines';
import { cutText, lastPart } from '../process/cutText';
import { CommandBounds, CommandEnd, runCommand } from '../process/runCommand';
import { CheckResult, ExtractedError } from '../protocol';
import { findMissingNetwork } from './findMissingNetwork';
import { RanCheck, RepositoryCheck } from './types';

const OUTPUT_KEPT = 12 * 1024;
export const ERRORS_KEPT = 50;

/** Runs a command of the repository in the checkout, and finds what it says of its errors. */
export async function runRepositoryCheck(
  check: RepositoryCheck,
  checkoutFolder: string,
  env: NodeJS.ProcessEnv,
  bounds: CommandBounds,
): Promise<RanCheck> {
  const { declared, name, command, role, problem, unavailable } = check;
  const base = { name, source: 'repository' as const, command };
  const still = (outcome: CheckResult['outcome'], summary: string) => ({
    role,
    verifies: role === 'test',
    failures: [],
    result: { ...base, outcome, summary, durationMs: 0 },
  });
  if (problem) return still('failed', problem);
  if (unavailable) return still('skipped', unavailable);

  const end = await runCommand(
    command,
    join(checkoutFolder, check.folder),
    { ...env, ...check.environment },
    { ...bounds, keptBytes: bounds.outputBytes },
  );
  bounds.signal.throwIfAborted();
  const outcome = outcomeOf(check, end);
  const offline =
    outcome === 'failed' && !declared && end.type === 'exited'
      ? findMissingNetwork(end.output)
      : undefined;
  const failures =
    outcome === 'failed' && !offline
      ? failuresOf(check, end, foldersOf(checkoutFolder))
      : [];
  const errors = toExtractedErrors(failures, ERRORS_KEPT).map(error =>
    inRepository(error, checkoutFolder, check.folder),
  );
  return {
    role,
    verifies: role === 'test',
    failures,
    limit:
      end.type === 'timeout' || end.type === 'output-limit'
        ? end.type
        : undefined,
    result: {
      ...base,
      outcome: offline ? 'skipped' : outcome,
      summary: cutText(
        offline ??
          (outcome === 'failed' && end.type === 'exited'
            ? errors[0]?.message
            : undefined) ??
          summarize(check, end, bounds),
        300,
      ),
      ...(errors.length > 0 && { errors }),
      output: lastPart(end.output.replaceAll('\0', '\uFFFD'), OUTPUT_KEPT),
      durationMs: end.durationMs,
    },
  };
}

function failuresOf(
  check: RepositoryCheck,
  end: CommandEnd,
  folders: string[],
): Failure[] {
  return check.failsOnOutput && end.code === 0
    ? listedFiles(check.name, cleanLines(end.output, folders))
    : extractErrors(end.output, { folders });
}

/** Tools name files as seen from where they run; people look for them from the repository's root. */
function inRepository(
  error: ExtractedError,
  checkout: string,
  folder: string,
): ExtractedError {
  const { file } = error;
  if (folder === '' || file === undefined || file.includes('..')) return error;
  const isThere = (path: string) => existsSync(join(checkout, path));
  return !isThere(file) && isThere(join(folder, file))
    ? { ...error, file: join(folder, file) }
    : error;
}

/** The checkout by its name and by where its links lead: tools print either. */
function foldersOf(folder: string): string[] {
  return [...new Set([folder, realpathSync(folder)])];
}

function outcomeOf(
  check: RepositoryCheck,
  end: CommandEnd,
): CheckResult['outcome'] {
  if (end.type === 'missing' && !check.declared) return 'skipped';
  if (end.type !== 'exited' || end.code !== 0) return 'failed';
  return check.failsOnOutput && end.output.trim() !== '' ? 'failed' : 'passed';
}

function summarize(
  check: RepositoryCheck,
  end: CommandEnd,
  bounds: CommandBounds,
): string {
  const seconds = Math.round(bounds.timeoutMilliseconds / 1_000);
  switch (end.type) {
    case 'timeout':
      return `did not end within ${seconds} s`;
    case 'output-limit':
      return `printed more than ${bounds.outputBytes} bytes`;
    case 'missing':
      return `${check.command[0]} cannot be run where jobs run`;
    default: {
      const last = lastLine(end.output);
      if (end.code === 0) return last ?? 'passed';
      return last ?? `ended with code ${end.code}`;
    }
  }
}

/** The last line that says something; what make and others add about the exit code says nothing. */
function lastLine(output: string): string | undefined {
  return cleanLines(output.slice(-OUTPUT_KEPT))
    .map(line => line.trim())
    .filter(line => line !== '' && !/^make(\[\d+\])?: /.test(line))
    .pop();
}
