import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { InputError } from '@backstage/errors';
import { NewApp, NewWebhook } from './admin/Admin';
import { BehaviourPatch } from './behaviour/Behaviour';
import { createLocalForge, LocalForge } from './createLocalForge';
import { NewRepository } from './domain/repositories';

/** The file that `--config` names, as JSON. Everything is optional. */
export interface ForgeConfig {
  adminToken?: string;
  webUser?: string;
  organizations?: Array<{ login: string; name?: string }>;
  users?: Array<{
    login: string;
    name?: string;
    email?: string;
    organizations?: Record<string, 'admin' | 'member'>;
    token?: string;
  }>;
  teams?: Array<{ organization: string; name: string; members?: string[] }>;
  repositories?: NewRepository[];
  apps?: Array<NewApp & { installations?: string[] }>;
  webhooks?: NewWebhook[];
  behaviour?: BehaviourPatch;
}

const usage = 'Usage: local-forge --directory DIR --port PORT [--config FILE]';

/**
 * Runs the forge as a process of its own until SIGINT or SIGTERM. Prints one
 * JSON line with `url` once it can be used. An admin token that nobody gave
 * stands in the file `admin-token` of the folder, which its owner alone may
 * read: what is printed ends in logs.
 *
 * @throws InputError when the arguments or the file make no sense
 */
export async function runCommand(argv: string[]): Promise<void> {
  const options = readArguments(argv);
  const config = options.config
    ? await readConfig(resolve(options.config))
    : {};
  const directory = resolve(options.directory);
  const adminToken = process.env.LOCAL_FORGE_ADMIN_TOKEN ?? config.adminToken;
  const forge = await createLocalForge({
    directory,
    port: options.port,
    adminToken,
    webUser: config.webUser,
  });
  try {
    await applyConfig(forge, config);
    if (adminToken === undefined) await keepToken(directory, forge.adminToken);
  } catch (error) {
    await forge.close();
    throw error;
  }
  process.stdout.write(`${JSON.stringify({ url: forge.url })}\n`);
  await new Promise<void>(done => {
    process.once('SIGINT', done);
    process.once('SIGTERM', done);
  });
  await forge.close();
}

/** In a file that is made anew: one that was there may be open to others. */
async function keepToken(directory: string, token: string): Promise<void> {
  const path = join(directory, 'admin-token');
  await rm(path, { force: true });
  await writeFile(path, `${token}\n`, { mode: 0o600, flag: 'wx' });
}

function readArguments(argv: string[]) {
  let values;
  try {
    ({ values } = parseArgs({
      args: argv,
      options: {
        directory: { type: 'string' },
        port: { type: 'string' },
        config: { type: 'string' },
      },
    }));
  } catch (error) {
    throw new InputError(`${(error as Error).message}\n${usage}`);
  }
  const port = Number(values.port ?? 0);
  if (
    !values.directory ||
    !Number.isInteger(port) ||
    port < 0 ||
    port > 65535
  ) {
    throw new InputError(usage);
  }
  return { directory: values.directory, port, config: values.config };
}

async function readConfig(path: string): Promise<ForgeConfig> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as ForgeConfig;
  } catch (error) {
    throw new InputError(`${path} cannot be read: ${(error as Error).message}`);
  }
}

/** Brings the forge to what the file says; what is there already stays. */
export async function applyConfig(
  { admin, behaviour }: LocalForge,
  config: ForgeConfig,
): Promise<void> {
  config.organizations?.forEach(row => admin.createOrganization(row));
  for (const { token, ...user } of config.users ?? []) {
    admin.createUser(user);
    if (token) {
      admin.createToken({ user: user.login, token });
    }
  }
  config.teams?.forEach(row => admin.createTeam(row));
  for (const repository of config.repositories ?? []) {
    if (!admin.hasRepository(repository.owner, repository.name)) {
      await admin.createRepository(repository);
    }
  }
  for (const { installations, ...app } of config.apps ?? []) {
    admin.createApp(app);
    installations?.forEach(account =>
      admin.installApp({ appId: app.id, account }),
    );
  }
  config.webhooks?.forEach(row => admin.createWebhook(row));
  behaviour.set(config.behaviour ?? {});
}
