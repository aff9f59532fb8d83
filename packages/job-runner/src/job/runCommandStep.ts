import { createFence, renderCommandPrompt } from '@skein/agent-context';
import { randomBytes } from 'crypto';
import { mkdir, writeFile } from 'fs/promises';
import { join } from 'path';
import { fillPlaceholders } from '../command/fillPlaceholders';
import { prepareWorkTree, takeWorkTree } from '../command/takeWorkTree';
import { CommandEnd, runCommand } from '../process/runCommand';
import { lastPart } from '../process/cutText';
import { CommandReport, CommandSettings, TransformReport } from '../protocol';
import { JobContext } from './JobContext';
import { JobFailure } from './JobFailure';
import { promptContextOf } from './promptContextOf';
import { TargetChange } from './TargetChange';

/** Where the loopback proxy answers what `verify` says; see `runMcpServer`. */
export const VERIFY_PATH = '/verify';

const OUTPUT_KEPT = 12 * 1024;

/**
 * Runs a program that makes the change, or a part of it: an agent of another
 * make, a codemod, a script. It finds the way to the model, the prompt and the
 * `verify` tool in its environment; what it leaves is verified and reviewed
 * like any other change.
 *
 * @throws JobFailure where it is not there, or failed
 */
export async function runCommandStep(
  context: JobContext,
  settings: CommandSettings,
  change: TargetChange,
  report: TransformReport,
  problems: string[],
): Promise<void> {
  const { log, redact } = context;
  const found = await prepare(context, change, report, problems);
  log.phase('command', `Running ${redact(settings.run.join(' '))}`);
  change.othersTookPart = true;
  const before = change.workspace.snapshot();
  const end = await runProgram(context, settings, change, found);
  const files = await change.workspace.changedSince(before);
  const outcome = outcomeOf(end);
  const summary = redact(summarize(settings, end, files));
  const output = lastPart(end.output.replaceAll('\0', '\uFFFD'), OUTPUT_KEPT);
  (report.commands ??= []).push({
    command: settings.run,
    outcome,
    summary,
    output: redact(output),
    files,
    left: end.left,
    durationMs: end.durationMs,
  });
  for (const each of end.left.slice(0, 20)) log.warn(`Not taken: ${each}`);
  if (outcome !== 'succeeded') {
    throw new JobFailure('command-failed', summary, await change.patch());
  }
  log.info(summary);
}

/** Runs it in the target's folder, and answers its calls of `verify` meanwhile. */
async function runProgram(
  { checkEnvironment, proxy, signal, spec }: JobContext,
  settings: CommandSettings,
  change: TargetChange,
  { environment, placeholders }: FoundByProgram,
): Promise<CommandEnd & { left: string[] }> {
  const { workspace } = change;
  const left = new Set<string>();
  const take = async () => {
    const taken = await takeWorkTree(workspace);
    taken.left.forEach(each => left.add(each));
  };
  // One after the other: they share the work tree.
  let verifying: Promise<unknown> = Promise.resolve();
  proxy!.serve(VERIFY_PATH, () => {
    const answer = verifying.then(async () => {
      await take();
      const { ok, text } = await change.verify();
      return { ok, text };
    });
    verifying = answer.catch(() => {});
    return answer;
  });
  try {
    await prepareWorkTree(workspace);
    const end = await runCommand(
      settings.run.map(word => fillPlaceholders(word, placeholders)),
      join(workspace.checkout.folder, workspace.folder),
      { ...checkEnvironment, ...settings.environment, ...environment },
      {
        timeoutMilliseconds: settings.timeoutSeconds * 1_000,
        outputBytes: spec.limits.outputBytes,
        signal,
      },
    );
    proxy!.unserve(VERIFY_PATH);
    await verifying;
    signal.throwIfAborted();
    await take();
    return { ...end, left: [...left] };
  } finally {
    proxy!.unserve(VERIFY_PATH);
  }
}

/** What the program finds beside the checkout. */
interface FoundByProgram {
  placeholders: Record<string, string>;
  environment: Record<string, string>;
}

async function prepare(
  context: JobContext,
  change: TargetChange,
  report: TransformReport,
  problems: string[],
): Promise<FoundByProgram> {
  const { proxy, runnerFile, spec, workFolder } = context;
  const folder = join(workFolder, 'command');
  await mkdir(folder, { recursive: true });
  const verifyEnvironment = {
    SKEIN_VERIFY_URL: `${proxy!.url}${VERIFY_PATH}`,
    SKEIN_VERIFY_TOKEN: proxy!.token,
  };
  const prompt = renderCommandPrompt({
    context: promptContextOf(spec, { skills: [] }),
    target: { ...spec.target, framework: report.framework },
    rewrite: { edits: change.edits, refusals: change.refusals, problems },
    fence: createFence(randomBytes(16)),
  });
  const promptFile = join(folder, 'prompt.md');
  const mcpConfig = join(folder, 'mcp.json');
  await writeFile(promptFile, prompt);
  await writeFile(
    mcpConfig,
    JSON.stringify({
      mcpServers: {
        skein: {
          command: process.execPath,
          args: [runnerFile, 'mcp'],
          env: verifyEnvironment,
        },
      },
    }),
    { mode: 0o600 },
  );
  return {
    placeholders: { node: process.execPath, prompt, promptFile, mcpConfig },
    environment: {
      ANTHROPIC_BASE_URL: proxy!.url,
      ANTHROPIC_AUTH_TOKEN: proxy!.token,
      SKEIN_PROMPT_FILE: promptFile,
      SKEIN_MCP_CONFIG: mcpConfig,
      ...verifyEnvironment,
    },
  };
}

function outcomeOf({ type, code }: CommandEnd): CommandReport['outcome'] {
  if (type === 'exited') return code === 0 ? 'succeeded' : 'failed';
  return type === 'stopped' ? 'failed' : type;
}

function summarize(
  { run, timeoutSeconds }: CommandSettings,
  end: CommandEnd,
  files: string[],
): string {
  const [program] = run;
  switch (end.type) {
    case 'missing':
      return `${program} is not installed where jobs run; a campaign's command must be a program of the sandbox or of the repository`;
    case 'timeout':
      return `${program} did not end within ${timeoutSeconds} s`;
    case 'output-limit':
      return `${program} printed more than a job may`;
    default: {
      if (end.code === 0) {
        return `${program} changed ${files.length} ${
          files.length === 1 ? 'file' : 'files'
        }`;
      }
      const last = end.output.trim().split('\n').pop()?.slice(0, 300);
      return `${program} ended with code ${end.code}${last ? `: ${last}` : ''}`;
    }
  }
}
