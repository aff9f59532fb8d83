import {
  CampaignsApi,
  CampaignsClient,
  Target,
} from '@skein/plugin-campaigns-common';

/** The largest page that the API gives. */
const PAGE = 200;

/** Calls the portal's back end as this script. */
export class Portal {
  readonly campaigns: CampaignsApi;
  readonly #headers: Record<string, string>;

  constructor(readonly url: string, token: string) {
    this.#headers = { Authorization: `Bearer ${token}` };
    this.campaigns = new CampaignsClient({
      discoveryApi: { getBaseUrl: async pluginId => `${url}/api/${pluginId}` },
      fetchApi: {
        fetch: (input, init) =>
          fetch(input, {
            ...init,
            headers: { ...init?.headers, ...this.#headers },
            signal: AbortSignal.timeout(60_000),
          }),
      },
    });
  }

  /** Which of these entities the catalog does not know. */
  async missingEntities(entityRefs: string[]): Promise<string[]> {
    const response = await fetch(`${this.url}/api/catalog/entities/by-refs`, {
      method: 'POST',
      headers: { ...this.#headers, 'Content-Type': 'application/json' },
      body: JSON.stringify({ entityRefs, fields: ['metadata.name'] }),
      signal: AbortSignal.timeout(60_000),
    });
    if (!response.ok) {
      throw new Error(`The catalog answered ${response.status}`);
    }
    const { items } = (await response.json()) as { items: unknown[] };
    return entityRefs.filter((_, index) => !items[index]);
  }

  /** All targets of a campaign. */
  async targets(campaign: string): Promise<Target[]> {
    const targets: Target[] = [];
    for (;;) {
      const page = await this.campaigns.listTargets(campaign, {
        offset: targets.length,
        limit: PAGE,
      });
      targets.push(...page.items);
      if (page.items.length < PAGE) return targets;
    }
  }
}
