import path from 'path';
import { Secrets } from '../state/secrets';
import { StateFolder } from '../state/StateFolder';
import { Service } from '../processes/Service';
import { APP } from '../forge/forgeConfig';

export interface PortalOptions {
  checkout: string;
  state: StateFolder;
  secrets: Secrets;
  port: number;
  /** `127.0.0.1:7071`. */
  forgeHost: string;
  /** Read after those of the checkout. */
  configFiles?: string[];
  /** What these files name beside; undefined takes a variable away. */
  environment?: NodeJS.ProcessEnv;
}

/**
 * Starts the portal's back end from its TypeScript: ready in about 4 s, as soon
 * as a bundle is, and nothing to build and to keep in step.
 */
export function startPortal(options: PortalOptions): Service {
  const {
    checkout,
    state,
    secrets,
    port,
    forgeHost,
    configFiles = [],
    environment,
  } = options;
  const config = (name: string) => ['--config', path.join(checkout, name)];
  return Service.start({
    title: 'The portal',
    logFile: state.log('portal'),
    cwd: path.join(checkout, 'packages', 'backend'),
    args: [
      '--enable-source-maps',
      '--require',
      require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
      'src/index.ts',
      ...config('app-config.yaml'),
      ...config('app-config.quickstart.yaml'),
      ...configFiles.flatMap(file => ['--config', file]),
    ],
    env: {
      ...process.env,
      // Guests may only sign in to a development portal, which this is.
      NODE_ENV: 'development',
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
      SKEIN_HOME: state.path,
      SKEIN_PORT: String(port),
      SKEIN_PORTAL_URL: `http://localhost:${port}`,
      SKEIN_BACKEND_URL: `http://localhost:${port}`,
      SKEIN_FORGE_HOST: forgeHost,
      SKEIN_PORTAL_TOKEN: secrets.portalToken,
      SKEIN_WEBHOOK_SECRET: secrets.webhookSecret,
      SKEIN_APP_ID: String(APP.id),
      SKEIN_APP_PRIVATE_KEY: secrets.appPrivateKey,
      ...environment,
    },
  });
}
