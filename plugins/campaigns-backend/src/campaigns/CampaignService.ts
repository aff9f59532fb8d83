import { randomUUID } from 'crypto';
import { ConflictError, InputError } from '@backstage/errors';
import { stringifyEntityRef, parseEntityRef } from '@backstage/catalog-model';
import {
  Campaign,
  CampaignInput,
  CampaignSpec,
  CampaignSummary,
  ListCampaignsRequest,
  MappingPreview,
  Page,
  SchemaOrigin,
  ValidationResult,
} from '@skein/plugin-campaigns-common';
import {
  checkMapping,
  MappingProblem,
  previewLines,
} from '@skein/mapping-rewriter';
import { Knex } from 'knex';
import { noRows, RowFilter } from '../authorization';
import { CampaignChanges } from '../changes/CampaignChanges';
import { Turns } from '../loop/Turns';
import { databaseNow } from '../database/clock';
import {
  forAll,
  recordActivity,
} from '../database/operations/activity/recordActivity';
import { countTargets } from '../database/operations/campaigns/countTargets';
import { hideReasons } from '../database/operations/campaigns/hideReasons';
import { getFailures } from '../database/operations/campaigns/getFailures';
import { getCampaignRow } from '../database/operations/campaigns/getCampaignRow';
import { updateCampaign } from '../database/operations/campaigns/updateCampaign';
import { DEFAULT_PAGE_SIZE } from '../database/operations/listPage';
import { whereWords } from '../database/operations/whereWords';
import { CampaignRow, ContextRevisionRow } from '../database/tables';
import { SchemaSource } from '../schemas';
import { AgentOffers, noAgentOffers } from './AgentOffers';
import { contextOf } from './context';
import { toCampaign, toSummary } from './mapCampaign';
import { parseCampaign, parseCampaignObject } from './spec';
import { checkModelWishes, ModelTerms } from './spec/checkModelWishes';
import { createRevision } from './revisions';
import { applySpec, columnsOf } from './revisions/applySpec';

/** Campaigns as people write and read them. */
export class CampaignService {
  readonly #knex: Knex;
  readonly #changes: CampaignChanges;
  readonly #schemas: SchemaSource;
  readonly #appBaseUrl: string;
  readonly #offers: AgentOffers;
  readonly #modelTerms: ModelTerms | undefined;

  constructor(options: {
    knex: Knex;
    changes: CampaignChanges;
    schemas: SchemaSource;
    /** Where the portal is, for links to guides that it serves. */
    appBaseUrl: string;
    /** What campaigns may ask for by name. */
    offers?: AgentOffers;
    /** Of the model that is connected; undefined where none is. */
    modelTerms?: ModelTerms;
  }) {
    this.#modelTerms = options.modelTerms;
    this.#offers = options.offers ?? noAgentOffers;
    this.#knex = options.knex;
    this.#changes = options.changes;
    this.#schemas = options.schemas;
    this.#appBaseUrl = options.appBaseUrl;
  }

  /**
   * @param readable - the campaigns that may be read
   * @param targets - the targets that may be read, which alone are counted
   */
  async list(
    request: ListCampaignsRequest,
    readable: RowFilter,
    targets: RowFilter,
  ): Promise<Page<CampaignSummary>> {
    const query = this.#knex<CampaignRow>('campaigns');
    if (request.states?.length) query.whereIn('state', request.states);
    whereWords(query, "name || ' ' || title", request.search);
    readable(query);
    const [{ total }] = await query.clone().count({ total: '*' });
    const rows = await query
      .clone()
      .select('*')
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'asc' },
      ])
      .offset(request.offset ?? 0)
      .limit(request.limit ?? DEFAULT_PAGE_SIZE);
    const counts = await countTargets(
      this.#knex,
      rows.map(row => row.id),
      targets,
    );
    const shown = await hideReasons(this.#knex, rows, targets);
    return {
      items: shown.map(row =>
        toSummary(
          row,
          counts.filter(count => count.campaignId === row.id),
        ),
      ),
      totalItems: Number(total),
    };
  }

  /** @param readable - the targets that may be read: counts and texts are of no others */
  async get(
    campaignId: string,
    readable: RowFilter = noRows,
  ): Promise<Campaign> {
    const [row] = await hideReasons(
      this.#knex,
      [await getCampaignRow(this.#knex, campaignId)],
      readable,
    );
    const revision = await this.#knex<ContextRevisionRow>('context_revisions')
      .where({ id: row.revision_id! })
      .first();
    const counts = await countTargets(this.#knex, [row.id], readable);
    const failures = await getFailures(this.#knex, row.id, readable);
    const waiting = this.#knex('targets')
      .where({ campaign_id: row.id, state: 'candidate', newcomer: true })
      .count({ newcomers: '*' });
    readable(waiting);
    const [{ newcomers }] = await waiting;
    return toCampaign(row, counts, revision!, Number(newcomers), failures);
  }

  validate(input: CampaignInput): ValidationResult {
    const result =
      'spec' in input
        ? parseCampaignObject(input.spec, this.#offers)
        : parseCampaign(input, this.#offers);
    const refused =
      result.spec && this.#modelTerms
        ? checkModelWishes(result.spec, this.#modelTerms)
        : [];
    return refused.length === 0
      ? result
      : { valid: false, problems: [...result.problems, ...refused] };
  }

  /** @throws InputError, ConflictError where the name is taken */
  async create(input: CampaignInput, actor: string): Promise<Campaign> {
    const spec = this.parse(input);
    const id = randomUUID();
    await this.#knex.transaction(async tx => {
      const taken = await tx('campaigns')
        .where({ name: spec.name })
        .first('id');
      if (taken) {
        throw new ConflictError(
          `A campaign named '${spec.name}' exists already; choose another name`,
        );
      }
      await tx('campaigns').insert({
        id,
        ...columnsOf(spec),
        state: 'draft',
        scope_state: 'none',
        created_by: actor,
        created_at: databaseNow(tx),
        updated_at: databaseNow(tx),
      });
      const { revision } = await createRevision(tx, {
        campaign: { id, revision_id: null },
        spec,
        offers: this.#offers,
        actor,
      });
      await updateCampaign(tx, id, { revision_id: revision.id });
      await recordActivity(tx, {
        campaignId: id,
        actor,
        action: 'campaign.create',
        ...forAll(`Created '${spec.title}'`),
      });
    });
    this.#changes.notify({ campaignId: id });
    return this.get(id);
  }

  /** @throws InputError, ConflictError where the campaign has ended, or its rollout is under way and would be another */
  async update(
    campaignId: string,
    input: CampaignInput,
    actor: string,
    readable: RowFilter = noRows,
  ): Promise<Campaign> {
    const spec = this.parse(input);
    await this.#knex.transaction(async tx => {
      const row = await getCampaignRow(tx, campaignId, { lock: true });
      const { revision } = await createRevision(tx, {
        campaign: row,
        spec,
        offers: this.#offers,
        actor,
      });
      await applySpec(tx, { campaign: row, spec, revision });
      await recordActivity(tx, {
        campaignId: row.id,
        actor,
        action: 'campaign.update',
        ...forAll(
          revision.id === row.revision_id
            ? 'Changed the campaign; its context stays the same'
            : `Changed the context: revision ${revision.number}`,
        ),
      });
    });
    this.#changes.notify({ campaignId });
    return this.get(campaignId, readable);
  }

  /** @throws ConflictError where the campaign was launched */
  async delete(campaignId: string): Promise<void> {
    await this.#knex.transaction(async tx => {
      const row = await getCampaignRow(tx, campaignId, { lock: true });
      if (row.state !== 'draft') {
        throw new ConflictError(
          `Only a draft can be deleted, and this campaign is ${row.state}; cancel it instead`,
        );
      }
      await tx('campaigns').where({ id: row.id }).delete();
    });
    this.#changes.notify({ campaignId });
  }

  async previewMapping(campaignId: string): Promise<MappingPreview[]> {
    const { spec } = await this.get(campaignId);
    const { options } = contextOf(spec);
    const known = await this.#schemas.resolve({
      datasets: spec.datasets.flatMap(({ from, to }) => [from, to]),
      own: options.schemas ?? {},
    });
    const { schemas } = known;
    const previews: MappingPreview[] = [];
    const turns = new Turns();
    for (const { from, to, mapping } of spec.datasets) {
      const lines: MappingPreview['lines'] = [];
      for (const line of previewLines(mapping, { ...options, schemas })) {
        lines.push(line);
        await turns.next();
      }
      const origins = known.origins.filter(({ dataset }) =>
        [from, to].includes(dataset),
      );
      previews.push({
        dataset: { from, to },
        lines,
        problems: [
          ...origins.flatMap(missingDataset),
          ...checkMapping([mapping], schemas),
        ],
        schemas: origins,
      });
    }
    return previews;
  }

  /** @throws InputError where it says nothing that can be used */
  parse(input: CampaignInput): CampaignSpec {
    const { spec, problems } = this.validate(input);
    if (!spec) {
      const [first, ...rest] = problems.filter(
        problem => problem.severity === 'error',
      );
      const place = [first.file, first.line && `line ${first.line}`]
        .filter(Boolean)
        .join(', ');
      throw new InputError(
        `The campaign cannot be used: ${first.message}${
          place && ` (${place})`
        }${rest.length > 0 ? `, and ${rest.length} more` : ''}`,
      );
    }
    return {
      ...spec,
      owner: stringifyEntityRef(
        parseEntityRef(spec.owner, { defaultKind: 'group' }),
      ),
      ...(spec.guideText && {
        guide: `${this.#appBaseUrl}/campaigns/${spec.name}/guide`,
      }),
    };
  }
}

function missingDataset(origin: SchemaOrigin): MappingProblem[] {
  if (origin.state !== 'missing') return [];
  const { dataset, source } = origin;
  return [
    {
      severity: 'warning',
      message: `${source} has no ${dataset}, or does not show it to us`,
      subject: dataset,
    },
  ];
}
