import Database from 'better-sqlite3';
import path from 'path';
import { setTimeout as sleep } from 'timers/promises';
import { Target } from '@skein/plugin-campaigns-common';
import { readCampaignFiles } from '../campaigns/readCampaignFiles';
import { exampleEntityRefs } from '../example/catalogEntities';
import { readOrganisation } from '../example/Organisation';
import { readRepositories } from '../example/repositories';
import { forgeConfig } from '../forge/forgeConfig';
import { LocalForgeService } from '../forge/LocalForgeService';
import { Portal } from '../portal/Portal';
import { startPortal } from '../portal/startPortal';
import { answers } from '../processes/answers';
import { Service } from '../processes/Service';
import { loadSecrets } from '../state/secrets';
import { StateFolder } from '../state/StateFolder';
import { Place } from '../testing/StartScript';
import { PATIENCE } from './patience';

const checkout = path.resolve(__dirname, '../../../..');
const examples = path.join(checkout, 'examples');
const campaign = 'retire-users-v1';

/** One pull request as the forge shows it; all that must not depend on crashes. */
export interface PullRequestOutcome {
  number: number;
  title: string;
  state: string;
  files: Array<{ filename: string; patch: string }>;
}

/** How the campaign ended, as the portal and the forge say. */
export interface CampaignOutcome {
  targets: Record<string, { state: string; edits: number; notes: number }>;
  /** All pull requests ever opened in each repository. */
  pullRequests: Record<string, PullRequestOutcome[]>;
  /** Branches besides the default one. */
  branches: Record<string, string[]>;
}

/**
 * A campaign over a few repositories of the example, whose back end can be
 * killed with SIGKILL and started again; the forge goes on.
 */
export class KillBench {
  readonly #place: Place;
  readonly #repositories: string[];
  readonly #state: StateFolder;
  readonly #secrets: ReturnType<typeof loadSecrets>;
  #forge!: LocalForgeService;
  #portalService?: Service;
  readonly #signal = new AbortController().signal;

  constructor(place: Place, repositories: string[]) {
    this.#place = place;
    this.#repositories = repositories;
    this.#state = new StateFolder(place.home);
    this.#secrets = loadSecrets(this.#state.secretsFile);
  }

  async startForge(): Promise<void> {
    this.#forge = LocalForgeService.start({
      state: this.#state,
      secrets: this.#secrets,
      port: this.#place.forge,
      config: forgeConfig({
        organisation: readOrganisation(examples),
        repositories: readRepositories(examples).filter(({ name }) =>
          this.#repositories.includes(name),
        ),
        secrets: this.#secrets,
        webhookUrl: `http://127.0.0.1:${
          this.#place.portal
        }/api/events/http/github`,
      }),
    });
    await this.#forge.ready(this.#signal);
  }

  async startPortal(): Promise<void> {
    const url = `http://localhost:${this.#place.portal}`;
    this.#portalService = startPortal({
      checkout,
      state: this.#state,
      secrets: this.#secrets,
      port: this.#place.portal,
      forgeHost: new URL(this.#forge.url).host,
    });
    await this.#portalService.ready(
      () => answers(`${url}/.backstage/health/v1/readiness`),
      120,
      this.#signal,
    );
  }

  async killPortal(): Promise<void> {
    this.#portalService!.kill();
    await this.#portalService!.exited;
  }

  async end(): Promise<void> {
    await this.#portalService?.stop(5);
    await this.#forge?.service.stop(5);
  }

  get #portal(): Portal {
    return new Portal(
      `http://localhost:${this.#place.portal}`,
      this.#secrets.portalToken,
    );
  }

  /** Makes the campaign over the bench's repositories alone, and launches it. */
  async launch(): Promise<void> {
    const refs = exampleEntityRefs(examples);
    await this.#until(
      'the catalog holds the example',
      async () => (await this.#portal.missingEntities(refs)).length === 0,
    );
    const files = readCampaignFiles(
      path.join(examples, 'campaigns', 'users-v1.yaml'),
    );
    const include = this.#repositories.map(name => `meridian/${name}`);
    const { campaigns } = this.#portal;
    await campaigns.createCampaign({
      ...files,
      yaml: files.yaml.replace(
        /^ {2}repositories: .*$/m,
        `  repositories: { include: [${include.join(', ')}] }`,
      ),
    });
    await campaigns.refreshScope(campaign);
    await this.#until(
      'the scope is known',
      async () =>
        (await campaigns.getCampaign(campaign)).scope.state === 'ready',
    );
    const { inScope } = await campaigns.getCampaign(campaign);
    await campaigns.launchCampaign(campaign, { expectedTargets: inScope });
  }

  /** Waits for something in the portal's database, looking often. */
  async untilStored(what: string, sql: string): Promise<void> {
    const database = new Database(
      path.join(this.#state.databases, 'campaigns.sqlite'),
      { readonly: true },
    );
    try {
      const statement = database.prepare(sql);
      await this.#until(what, async () => statement.get() !== undefined, 5);
    } finally {
      database.close();
    }
  }

  async untilForge(
    what: string,
    holds: (outcome: Omit<CampaignOutcome, 'targets'>) => boolean,
  ): Promise<void> {
    await this.#until(what, async () => holds(await this.#readForge()), 20);
  }

  /** Has the forge do its work badly, as `POST /_admin/behaviour` describes. */
  async misbehave(behaviour: object): Promise<void> {
    await this.#askForge('POST', '/_admin/behaviour', behaviour);
  }

  /** Waits until nothing moves any more. */
  async outcome(): Promise<CampaignOutcome> {
    const resting = [
      'prOpen',
      'needsHuman',
      'failed',
      'noChanges',
      'outOfScope',
    ];
    let targets: Target[] = [];
    await this.#until('the campaign is at rest', async () => {
      targets = await this.#portal.targets(campaign);
      return targets.every(({ state }) => resting.includes(state));
    });
    return {
      targets: Object.fromEntries(
        targets
          .filter(({ state }) => state !== 'outOfScope')
          .map(target => [
            `${target.repository.name}/${target.path}`,
            {
              state: target.state,
              edits: target.editCount,
              notes: target.noteCount,
            },
          ]),
      ),
      ...(await this.#readForge()),
    };
  }

  async #readForge(): Promise<Omit<CampaignOutcome, 'targets'>> {
    const pullRequests: CampaignOutcome['pullRequests'] = {};
    const branches: CampaignOutcome['branches'] = {};
    for (const name of this.#repositories) {
      const at = `/api/v3/repos/meridian/${name}`;
      const pulls = await this.#askForge('GET', `${at}/pulls?state=all`);
      pullRequests[name] = [];
      for (const { number, title, state } of pulls) {
        const files = await this.#askForge(
          'GET',
          `${at}/pulls/${number}/files`,
        );
        pullRequests[name].push({
          number,
          title,
          state,
          files: files.map(({ filename, patch }: any) => ({
            filename,
            // Notes link to the guide, and each bench has a port of its own.
            patch: patch.replaceAll(String(this.#place.portal), 'PORT'),
          })),
        });
      }
      branches[name] = (await this.#askForge('GET', `${at}/branches`))
        .map((branch: { name: string }) => branch.name)
        .filter((branch: string) => branch !== 'main');
    }
    return { pullRequests, branches };
  }

  #userToken?: string;

  async #askForge(method: string, where: string, body?: object): Promise<any> {
    const admin = where.startsWith('/_admin');
    if (!admin && !this.#userToken) {
      const { login } = readOrganisation(examples).users[0];
      const made = await this.#askForge('POST', '/_admin/tokens', {
        user: login,
      });
      this.#userToken = made.token;
    }
    const response = await fetch(`${this.#forge.url}${where}`, {
      method,
      headers: {
        Authorization: `Bearer ${
          admin ? this.#secrets.forgeToken : this.#userToken
        }`,
        'Content-Type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${where}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  async #until(
    what: string,
    holds: () => Promise<boolean>,
    pauseMilliseconds = 200,
  ): Promise<void> {
    const deadline = Date.now() + PATIENCE;
    while (!(await holds())) {
      if (Date.now() > deadline) {
        throw new Error(`It did not come to pass that ${what}`);
      }
      await sleep(pauseMilliseconds);
    }
  }
}
