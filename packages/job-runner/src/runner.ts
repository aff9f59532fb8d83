import { mkdir } from 'fs/promises';
import { join } from 'path';
import { EventLog } from './client/EventLog';
import { ProtocolClient } from './client/ProtocolClient';
import { AttemptOverError } from './client/ProtocolError';
import { fitResult } from './job/fitResult';
import { JobTimeoutError, runJob } from './job/runJob';
import { PROTOCOL_VERSION } from './protocol';
import { LoopbackProxy } from './proxy/LoopbackProxy';
import { createRedact } from './redact';
import { Rewriter } from './transform/Rewriter';

/** What a runner is started with. */
export interface RunnerOptions {
  /** See `ProtocolClient.create`. */
  url: string;
  token: string;
  /** Folder of this attempt's own. */
  workFolder: string;
  sandbox: string;
  /** The runner as one file that Node can run. */
  runnerFile: string;
  rewriter: Rewriter;
  environment: NodeJS.ProcessEnv;
}

/** What the repository's commands find in their environment; of the runner's own nothing else. */
const passedOn = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'SKEIN_ATTEMPT'];

/**
 * Runs one attempt of one job from the spec to the result. Returns early,
 * without a result, where the backend no longer wants one.
 */
export async function runAttempt(options: RunnerOptions): Promise<void> {
  const client = ProtocolClient.create(options.url, options.token);
  const abort = new AbortController();
  const redact = createRedact([options.token]);
  const log = new EventLog(
    client,
    reason => abort.abort(reason ?? new AttemptOverError()),
    redact,
  );
  let proxy: LoopbackProxy | undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    const spec = await client.getJob();
    if (spec.protocolVersion !== PROTOCOL_VERSION) {
      throw new Error(
        `The backend speaks version ${spec.protocolVersion} of the job protocol, this runner version ${PROTOCOL_VERSION}: bring both to the same release`,
      );
    }
    const { timeoutSeconds } = spec.limits;
    timer = setTimeout(
      () => abort.abort(new JobTimeoutError(timeoutSeconds)),
      timeoutSeconds * 1_000,
    );
    const workFolder = join(options.workFolder, 'job');
    await mkdir(workFolder, { recursive: true });
    if (spec.steps.some(step => step.type === 'command')) {
      proxy = await LoopbackProxy.start(client);
    }
    const result = await runJob({
      spec,
      client,
      log,
      rewriter: options.rewriter,
      workFolder,
      sandbox: options.sandbox,
      checkEnvironment: checkEnvironment(options.environment),
      proxy,
      runnerFile: options.runnerFile,
      redact: createRedact([options.token, ...(proxy ? [proxy.token] : [])]),
      signal: abort.signal,
    });
    await log.close();
    await client.putResult(fitResult(result));
  } catch (error) {
    if (!(error instanceof AttemptOverError)) throw error;
  } finally {
    clearTimeout(timer);
    await proxy?.stop();
    await log.close();
  }
}

function checkEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const entries = passedOn
    .filter(name => environment[name] !== undefined)
    .map(name => [name, environment[name]]);
  return { ...Object.fromEntries(entries), CI: 'true' };
}
