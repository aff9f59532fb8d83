/** Says that something about a campaign, or one of its targets, is new. */
export interface CampaignChange {
  campaignId: string;
  targetId?: string;
}

/**
 * Tells the parts of this process that stored state changed, after the
 * transaction that changed it. A hint, not a promise: every listener also looks
 * by itself from time to time, since other replicas change state too.
 */
export class CampaignChanges {
  readonly #listeners = new Set<(change: CampaignChange) => void>();

  /** @returns a function that ends the subscription */
  subscribe(listener: (change: CampaignChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  notify(change: CampaignChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
