import fs from 'fs';
import path from 'path';
import { parseArgs } from 'util';
import { chooseModel } from './model/chooseModel';
import { Service } from './processes/Service';
import { quickstart } from './quickstart';
import { StartError } from './StartError';
import { takeLock } from './state/lock';
import { StateFolder } from './state/StateFolder';

/** The services have this long to end by themselves. */
const GRACE_SECONDS = 15;
/** A terminal and npm may both pass on one and the same Ctrl-C. */
const SAME_SIGNAL_MS = 400;

const checkout = path.resolve(__dirname, '../../..');

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      fresh: { type: 'boolean', default: false },
      once: { type: 'boolean', default: false },
      'no-model': { type: 'boolean', default: false },
    },
  });
  const state = new StateFolder(
    process.env.SKEIN_HOME ?? path.join(checkout, '.skein'),
  );
  const unlock = takeLock(state.lockFile);
  const services: Service[] = [];
  const ending = listenForTheEnd(services);
  try {
    fs.chmodSync(state.path, 0o700);
    if (values.fresh) {
      const deleted = state.clear();
      deleted.forEach(it => process.stdout.write(`Deleted ${it}\n`));
    }
    const work = quickstart({
      checkout,
      state,
      port: Number(process.env.SKEIN_PORT ?? 7007),
      forgePort: Number(process.env.SKEIN_FORGE_PORT ?? 7071),
      once: values.once,
      model: chooseModel({
        noModel: values['no-model'],
        apiKey: process.env.SKEIN_ANTHROPIC_API_KEY,
      }),
      services,
      signal: ending.signal,
      output: process.stdout,
    });
    return await Promise.race([
      work,
      firstFailure(services, ending.signal, work),
    ]);
  } catch (error) {
    if (!ending.signal.aborted) throw error;
    // Asked to end: with --once that is no success.
    return values.once ? 130 : 0;
  } finally {
    ending.abort();
    await stopAll(services);
    unlock();
  }
}

/** Ends the work on the first signal, everything at once on the second. */
function listenForTheEnd(services: Service[]): AbortController {
  const controller = new AbortController();
  let firstAt: number | undefined;
  const onSignal = () => {
    const now = Date.now();
    if (firstAt === undefined) {
      firstAt = now;
      process.stdout.write('\nShutting down …\n');
      controller.abort();
    } else if (now - firstAt > SAME_SIGNAL_MS) {
      services.forEach(it => it.kill());
      process.exit(130);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, onSignal);
  }
  followNpm(onSignal);
  return controller;
}

/** npm dies of a SIGTERM without passing it on through its shell: then nobody wants us any more. */
function followNpm(onGone: () => void): void {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, 1000);
  timer.unref();
}

/** Rejects when a service ends although nobody asked it to. */
async function firstFailure(
  services: Service[],
  signal: AbortSignal,
  work: Promise<unknown>,
): Promise<never> {
  let over = false;
  const finish = () => {
    over = true;
  };
  work.then(finish, finish);
  return new Promise((_, reject) => {
    const timer = setInterval(() => {
      if (over || signal.aborted) {
        clearInterval(timer);
        return;
      }
      const ended = services.find(it => !it.running);
      if (ended) {
        clearInterval(timer);
        ended.exited.then(how => reject(ended.failure(`ended (${how})`)));
      }
    }, 500);
  });
}

/** The portal first: it may still have something to tell the forge. */
async function stopAll(services: Service[]): Promise<void> {
  for (const service of [...services].reverse()) {
    await service.stop(GRACE_SECONDS);
  }
}

main()
  .then(code => process.exit(code))
  .catch(error => {
    const known = error instanceof StartError;
    process.stderr.write(`${known ? error.message : error.stack}\n`);
    process.exit(1);
  });
