import { InputError } from '@backstage/errors';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createLocalModel } from './createLocalModel';

const usage = 'Usage: local-model --scripts FOLDER [--port PORT]';

/**
 * Runs the stand-in as a process of its own until SIGINT or SIGTERM. Prints one
 * JSON line with `url` once it can be used.
 *
 * @throws InputError when the arguments or the scripts make no sense
 */
export async function runCommand(argv: string[]): Promise<void> {
  const { port, scripts } = readArguments(argv);
  const model = await createLocalModel({
    scripts: resolve(scripts),
    port,
    key: process.env.LOCAL_MODEL_KEY,
  });
  process.stdout.write(`${JSON.stringify({ url: model.url })}\n`);
  await new Promise<void>(done => {
    process.once('SIGINT', done);
    process.once('SIGTERM', done);
  });
  await model.close();
}

function readArguments(argv: string[]): { scripts: string; port: number } {
  let values;
  try {
    ({ values } = parseArgs({
      args: argv,
      options: { scripts: { type: 'string' }, port: { type: 'string' } },
    }));
  } catch (error) {
    throw new InputError(`${(error as Error).message}\n${usage}`);
  }
  const port = Number(values.port ?? 0);
  const isPort = Number.isInteger(port) && port >= 0 && port <= 65535;
  if (!values.scripts || !isPort) throw new InputError(usage);
  return { scripts: values.scripts, port };
}
