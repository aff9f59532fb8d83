import { join } from 'path';
import { stripVTControlCharacters } from 'util';
import { lastPart } from '../process/cutText';
import { CommandBounds, CommandEnd, runCommand } from '../process/runCommand';
import { CheckResult } from '../protocol';
import { RepositoryCheck } from './Verifier';

const OUTPUT_KEPT = 12 * 1024;

/** A check that was run, and whether a limit ended it. */
export interface RanCheck {
  result: CheckResult;
  limit?: 'timeout' | 'output-limit';
}

/** Runs a command of the repository in the checkout. */
export async function runRepositoryCheck(
  check: RepositoryCheck,
  checkoutFolder: string,
  env: NodeJS.ProcessEnv,
  bounds: CommandBounds,
): Promise<RanCheck> {
  const base = {
    name: check.name,
    source: 'repository' as const,
    command: check.command,
  };
  if (check.problem) {
    const summary = check.problem;
    return { result: { ...base, outcome: 'failed', summary, durationMs: 0 } };
  }
  const folder = join(checkoutFolder, check.folder);
  const end = await runCommand(check.command, folder, env, bounds);
  bounds.signal.throwIfAborted();
  return {
    result: {
      ...base,
      outcome: outcomeOf(check, end),
      summary: summarize(check, end, bounds),
      output: lastPart(end.output.replaceAll('\0', '\uFFFD'), OUTPUT_KEPT),
      durationMs: end.durationMs,
    },
    limit:
      end.type === 'timeout' || end.type === 'output-limit'
        ? end.type
        : undefined,
  };
}

function outcomeOf(
  check: RepositoryCheck,
  end: CommandEnd,
): CheckResult['outcome'] {
  if (end.type === 'missing' && !check.declared) return 'skipped';
  return end.type === 'exited' && end.code === 0 ? 'passed' : 'failed';
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
  const lines = output
    .split(/\r?\n|\r/)
    .map(line =>
      stripVTControlCharacters(line)
        .replace(/\p{Cc}/gu, '')
        .trim(),
    )
    .filter(line => line !== '' && !/^make(\[\d+\])?: /.test(line));
  return lines.pop()?.slice(0, 300);
}
