import {
  CampaignInput,
  CampaignSpec,
  ContextComparison,
  ContextRevision,
  ContextRevisionDetail,
} from '@skein/plugin-campaigns-common';
import { InputError } from '@backstage/errors';
import { Knex } from 'knex';
import { CampaignChanges } from '../../changes/CampaignChanges';
import {
  forAll,
  recordActivity,
} from '../../database/operations/activity/recordActivity';
import { getCampaignRow } from '../../database/operations/campaigns/getCampaignRow';
import { getRevisionRow } from '../../database/operations/campaigns/getRevisionRow';
import { toRevision } from '../../database/operations/campaigns/mapRevision';
import { AgentOffers, noAgentOffers } from '../AgentOffers';
import { adoptRevision } from './adoptRevision';
import { assertNotEnded } from './applySpec';
import { compareDocuments } from './compareDocuments';
import { createRevision } from './createRevision';
import { documentsOf } from './documentsOf';
import { withContextOf } from './withContextOf';

/** What jobs of a campaign are told, were told, and could be told. */
export class RevisionService {
  readonly #knex: Knex;
  readonly #changes: CampaignChanges;
  readonly #offers: AgentOffers;
  readonly #parse: (input: CampaignInput) => CampaignSpec;

  constructor(options: {
    knex: Knex;
    changes: CampaignChanges;
    /** What campaigns may ask for by name. */
    offers?: AgentOffers;
    /** Reads a campaign file; throws InputError. */
    parse: (input: CampaignInput) => CampaignSpec;
  }) {
    this.#knex = options.knex;
    this.#changes = options.changes;
    this.#offers = options.offers ?? noAgentOffers;
    this.#parse = options.parse;
  }

  /** @throws NotFoundError */
  async get(
    campaignId: string,
    revisionId: string,
  ): Promise<ContextRevisionDetail> {
    const campaign = await getCampaignRow(this.#knex, campaignId);
    const row = await getRevisionRow(this.#knex, campaign.id, revisionId);
    return {
      ...toRevision(row, campaign.revision_id),
      documents: documentsOf(JSON.parse(row.content)),
      ...(row.spec !== null && {
        spec: withContextOf(JSON.parse(campaign.spec), JSON.parse(row.spec)),
      }),
    };
  }

  /** @throws NotFoundError */
  async compare(
    campaignId: string,
    request: { base: string; head: string },
  ): Promise<ContextComparison> {
    const [base, head] = await Promise.all([
      this.get(campaignId, request.base),
      this.get(campaignId, request.head),
    ]);
    const { documents: before, spec: _before, ...baseRevision } = base;
    const { documents: after, spec: _after, ...headRevision } = head;
    return {
      base: baseRevision,
      head: headRevision,
      documents: compareDocuments(before, after),
    };
  }

  /**
   * Stores a context that no job is told before somebody adopts it.
   *
   * @throws InputError, ConflictError where the campaign has ended
   */
  async create(
    campaignId: string,
    input: CampaignInput,
    request: { note?: string; actor: string },
  ): Promise<ContextRevision> {
    const spec = this.#parse(input);
    const { note, actor } = request;
    const revision = await this.#knex.transaction(async tx => {
      const campaign = await getCampaignRow(tx, campaignId, { lock: true });
      assertNotEnded(campaign);
      if (campaign.name !== spec.name) {
        throw new InputError(
          `The context is one of '${spec.name}', and this campaign is '${campaign.name}'`,
        );
      }
      const { revision: row, created } = await createRevision(tx, {
        campaign,
        spec,
        offers: this.#offers,
        note,
        actor,
      });
      if (created) {
        await recordActivity(tx, {
          campaignId: campaign.id,
          actor,
          action: 'revision.create',
          ...forAll(
            `Context revision ${row.number}, to be evaluated and adopted${
              note ? `: ${note}` : ''
            }`,
          ),
        });
      }
      return toRevision(row, campaign.revision_id);
    });
    this.#changes.notify({ campaignId });
    return revision;
  }

  /** @throws NotFoundError, ConflictError where the campaign has ended */
  async adopt(
    campaignId: string,
    revisionId: string,
    actor: string,
  ): Promise<void> {
    await this.#knex.transaction(async tx => {
      const campaign = await getCampaignRow(tx, campaignId, { lock: true });
      const revision = await getRevisionRow(tx, campaign.id, revisionId);
      await adoptRevision(tx, { campaign, revision, actor });
    });
    this.#changes.notify({ campaignId });
  }
}
