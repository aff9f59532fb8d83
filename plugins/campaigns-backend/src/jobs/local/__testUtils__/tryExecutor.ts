import { randomUUID } from 'crypto';
import { Router } from 'express';
import { defaultJobLimits } from '../../jobLimits';
import { JobProtocolServer } from '../JobProtocolServer';
import { LocalJobExecutor } from '../LocalJobExecutor';

/**
 * A program for tests, since it is a process that lacks what it tries: makes an
 * executor, runs a job, and prints what it found as a line of JSON.
 */
async function main([sandbox, bundlePath]: string[]): Promise<void> {
  const logged: string[] = [];
  const write = (message: string) => logged.push(message);
  const logger = {
    ...{ error: write, warn: write, info: () => {}, debug: () => {} },
    child: () => logger,
  };
  const server = JobProtocolServer.start(Router());
  try {
    const executor = await LocalJobExecutor.create({
      ...{ server, concurrency: 1, bundlePath, logger },
      sandbox: sandbox as 'auto' | 'required',
    });
    const end = await executor.run({
      ...{ jobId: randomUUID(), attempt: 1, token: 'token' },
      limits: { ...defaultJobLimits, timeoutSeconds: 600 },
      signal: new AbortController().signal,
    });
    print({ ...(await executor.describeSandbox()), end, logged });
    await executor.stop();
  } catch (error) {
    print({ refused: (error as Error).message });
  } finally {
    await server.stop();
  }
}

function print(found: object): void {
  process.stdout.write(`${JSON.stringify(found)}\n`);
}

main(process.argv.slice(2));
