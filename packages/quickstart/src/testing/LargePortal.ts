import fs from 'fs';
import os from 'os';
import path from 'path';
import { stringify } from 'yaml';
import { Portal } from '../portal/Portal';
import { startPortal } from '../portal/startPortal';
import { answers } from '../processes/answers';
import { Service } from '../processes/Service';
import { loadSecrets } from '../state/secrets';
import { StateFolder } from '../state/StateFolder';
import { waitUntil } from '../waitUntil';
import {
  LargeOrganisation,
  componentName,
  largeCatalog,
  largeDataset,
} from './largeCatalog';
import { freePort } from './StartScript';

const checkout = path.resolve(__dirname, '../../../..');
const MINUTE_SECONDS = 60;
const GRACE_SECONDS = 20;

/** A portal over an organisation in which thousands read one dataset; no forge, no campaign. */
export class LargePortal {
  private constructor(
    readonly url: string,
    readonly portal: Portal,
    private readonly service: Service,
    private readonly home: string,
  ) {}

  /** Ready once the lineage of every consumer is stored. */
  static async start(organisation: LargeOrganisation): Promise<LargePortal> {
    const home = fs.mkdtempSync(path.join(os.tmpdir(), 'skein-large-'));
    const catalogFile = path.join(home, 'large.yaml');
    fs.writeFileSync(catalogFile, largeCatalog(organisation));
    const configFile = path.join(home, 'app-config.large.yaml');
    fs.writeFileSync(
      configFile,
      stringify({
        catalog: { locations: [{ type: 'file', target: catalogFile }] },
      }),
    );

    const state = new StateFolder(home);
    const secrets = loadSecrets(state.secretsFile);
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const service = startPortal({
      checkout,
      state,
      secrets,
      port,
      // Nothing listens there, and nothing asks it.
      forgeHost: `localhost:${await freePort()}`,
      configFiles: [configFile],
    });
    const started = new LargePortal(
      url,
      new Portal(url, secrets.portalToken),
      service,
      home,
    );
    try {
      await started.#settle(organisation);
    } catch (error) {
      await started.stop();
      throw error;
    }
    return started;
  }

  /** Of the campaigns plugin, which the portal has open. */
  get database(): string {
    return path.join(new StateFolder(this.home).databases, 'campaigns.sqlite');
  }

  async stop(): Promise<void> {
    await this.service.stop(GRACE_SECONDS);
    fs.rmSync(this.home, { recursive: true, force: true });
  }

  async #settle({ consumers }: LargeOrganisation): Promise<void> {
    const { signal } = new AbortController();
    await this.service.ready(
      () => answers(`${this.url}/.backstage/health/v1/readiness`),
      2 * MINUTE_SECONDS,
      signal,
    );
    const refs = Array.from(
      { length: consumers },
      (_, index) => `component:default/${componentName(index)}`,
    );
    await waitUntil(
      async () => (await this.portal.missingEntities(refs)).length === 0,
      {
        otherwise: 'The catalog did not hold every consumer',
        timeoutSeconds: 15 * MINUTE_SECONDS,
        intervalMs: 3000,
        signal,
      },
    );
    await waitUntil(
      async () => {
        await this.portal.campaigns.refreshLineage();
        const { summary } = await this.portal.campaigns.getLineage({
          dataset: largeDataset,
          depth: 2,
          limit: 10_000,
        });
        return summary.direct + summary.indirect === consumers;
      },
      {
        otherwise: 'Lineage did not hold every consumer',
        timeoutSeconds: 5 * MINUTE_SECONDS,
        intervalMs: 3000,
        signal,
      },
    );
  }
}
