import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  CampaignSpec,
  ContextRevision,
  Lesson,
  MOST_LESSON_CHARACTERS,
  MOST_LESSONS,
} from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { RowFilter } from '../authorization';
import { AgentOffers, noAgentOffers } from '../campaigns/AgentOffers';
import { contextOf, digestOf } from '../campaigns/context';
import { adoptRevision, createRevision } from '../campaigns/revisions';
import { CampaignChanges } from '../changes/CampaignChanges';
import {
  forAll,
  recordActivity,
} from '../database/operations/activity/recordActivity';
import { getCampaignRow } from '../database/operations/campaigns/getCampaignRow';
import { toRevision } from '../database/operations/campaigns/mapRevision';
import { decideFeedback } from '../database/operations/feedback/decideFeedback';
import {
  findGroups,
  findSource,
  FoundGroup,
} from '../database/operations/feedback/findGroups';
import { reopenFeedback } from '../database/operations/feedback/reopenFeedback';
import { CampaignRow, ContextRevisionRow } from '../database/tables';
import { oneLine } from '../jobs/oneLine';

/** Who decides about feedback, and what of it that person may see. */
export interface FeedbackDecision {
  keys: string[];
  readable: RowFilter;
  actor: string;
}

/** What a person makes of feedback. */
export interface Promotion extends FeedbackDecision {
  text: string;
  for: Lesson['for'];
  /** Tell it to all jobs that follow; else the revision waits. */
  adopt: boolean;
}

/**
 * What people decide about feedback. Nothing of it reaches an agent or the
 * judge by itself: a lesson is in the words of the person who makes it.
 */
export class FeedbackService {
  readonly #knex: Knex;
  readonly #changes: CampaignChanges;
  readonly #offers: AgentOffers;

  constructor(options: {
    knex: Knex;
    changes: CampaignChanges;
    /** What campaigns may ask for by name. */
    offers?: AgentOffers;
  }) {
    this.#knex = options.knex;
    this.#changes = options.changes;
    this.#offers = options.offers ?? noAgentOffers;
  }

  /**
   * Makes a lesson of feedback, and a context revision with it: the current
   * one with the lesson. Lessons that wait gather: where the newest revision is
   * the current one with lessons, the next lesson comes on top of these.
   *
   * @throws NotFoundError where one of the groups is not there, or may not be seen
   * @throws InputError where the lesson is none, or one too many
   * @throws ConflictError where one is a lesson already, or the campaign has ended
   */
  async promote(
    campaignId: string,
    promotion: Promotion,
  ): Promise<ContextRevision> {
    const { keys, readable, actor, adopt } = promotion;
    const revision = await this.#knex.transaction(async tx => {
      // One after the other: each adds to what the one before made.
      const campaign = await getCampaignRow(tx, campaignId, { lock: true });
      const groups = await foundGroups(tx, campaign.id, promotion);
      assertNotPromoted(groups, 'promoted again');
      const lesson: Lesson = {
        text: lessonText(promotion.text),
        for: promotion.for,
        source: await findSource(tx, campaign.id, keys, readable),
      };
      const base = adopt
        ? JSON.parse(campaign.spec)
        : await waitingSpec(tx, campaign);
      const { revision: row } = await createRevision(tx, {
        campaign,
        spec: withLesson(base, lesson),
        offers: this.#offers,
        note: oneLine(`Lesson: ${lesson.text}`),
        actor,
      });
      await decideFeedback(
        tx,
        campaign.id,
        groups.map(({ key }) => key),
        { state: 'promoted', revision_id: row.id, decided_by: actor },
      );
      await recordActivity(tx, {
        campaignId: campaign.id,
        actor,
        action: 'feedback.promote',
        ...forAll(
          oneLine(
            `Made a lesson of feedback, in context revision ${row.number}: ${lesson.text}`,
          ),
        ),
      });
      if (adopt) await adoptRevision(tx, { campaign, revision: row, actor });
      return toRevision(row, adopt ? row.id : campaign.revision_id);
    });
    this.#changes.notify({ campaignId });
    return revision;
  }

  /** @throws NotFoundError, ConflictError where one is a lesson */
  async dismiss(campaignId: string, decision: FeedbackDecision): Promise<void> {
    await this.#decide(campaignId, decision, 'dismiss', async (tx, open) => {
      await decideFeedback(tx, campaignId, open, {
        state: 'dismissed',
        revision_id: null,
        decided_by: decision.actor,
      });
      return `Dismissed feedback: ${counted(open.length)}`;
    });
  }

  /** @throws NotFoundError, ConflictError where one is a lesson */
  async reopen(campaignId: string, decision: FeedbackDecision): Promise<void> {
    await this.#decide(
      campaignId,
      decision,
      'reopen',
      async (tx, dismissed) => {
        await reopenFeedback(tx, campaignId, dismissed);
        return `Opened dismissed feedback again: ${counted(dismissed.length)}`;
      },
    );
  }

  /** @param act - does it to the groups for which it is news, and says so in one line */
  async #decide(
    campaignId: string,
    decision: FeedbackDecision,
    verb: 'dismiss' | 'reopen',
    act: (tx: Knex.Transaction, keys: string[]) => Promise<string>,
  ): Promise<void> {
    const before = verb === 'dismiss' ? 'open' : 'dismissed';
    const done = await this.#knex.transaction(async tx => {
      const campaign = await getCampaignRow(tx, campaignId, { lock: true });
      const groups = await foundGroups(tx, campaign.id, decision);
      assertNotPromoted(
        groups,
        verb === 'dismiss' ? 'dismissed' : 'opened again',
      );
      const news = groups.filter(({ state }) => state === before);
      if (news.length === 0) return false;
      const message = await act(
        tx,
        news.map(({ key }) => key),
      );
      await recordActivity(tx, {
        campaignId: campaign.id,
        actor: decision.actor,
        action: `feedback.${verb}`,
        message,
        // It is about what was said of some targets.
        summary: undefined,
      });
      return true;
    });
    if (done) this.#changes.notify({ campaignId });
  }
}

async function foundGroups(
  tx: Knex,
  campaignId: string,
  { keys, readable }: FeedbackDecision,
): Promise<FoundGroup[]> {
  const groups = await findGroups(tx, campaignId, keys, readable);
  const missing = keys.find(key => !groups.some(group => group.key === key));
  if (missing !== undefined) {
    throw new NotFoundError(`No feedback ${missing} in this campaign`);
  }
  return groups;
}

function assertNotPromoted(groups: FoundGroup[], what: string): void {
  const promoted = groups.find(({ state }) => state === 'promoted');
  if (!promoted) return;
  throw new ConflictError(
    `Feedback ${promoted.key} is a lesson of context revision ${promoted.promotedTo} and cannot be ${what}; change the campaign's lessons instead`,
  );
}

function lessonText(text: string): string {
  const lesson = text.trim();
  if (lesson === '' || lesson.length > MOST_LESSON_CHARACTERS) {
    throw new InputError(
      `A lesson has between 1 and ${MOST_LESSON_CHARACTERS} characters; this one has ${lesson.length}`,
    );
  }
  return lesson;
}

function withLesson(spec: CampaignSpec, lesson: Lesson): CampaignSpec {
  const lessons = spec.lessons ?? [];
  if (lessons.length >= MOST_LESSONS) {
    throw new InputError(
      `The campaign has ${lessons.length} lessons, and an agent is told at most ${MOST_LESSONS}; say several in one, and change the campaign's lessons`,
    );
  }
  return { ...spec, lessons: [...lessons, lesson] };
}

/** Of the newest revision where that is the current one with more lessons, else of the current one. */
async function waitingSpec(
  tx: Knex,
  campaign: CampaignRow,
): Promise<CampaignSpec> {
  const current: CampaignSpec = JSON.parse(campaign.spec);
  const newest = await tx<ContextRevisionRow>('context_revisions')
    .where({ campaign_id: campaign.id })
    .orderBy('number', 'desc')
    .first('spec');
  const waiting: CampaignSpec | null = newest?.spec && JSON.parse(newest.spec);
  return waiting && hasMoreLessons(waiting, current) ? waiting : current;
}

function hasMoreLessons(waiting: CampaignSpec, current: CampaignSpec): boolean {
  const { lessons = [] } = current;
  const same = (waiting.lessons ?? []).slice(0, lessons.length);
  return (
    (waiting.lessons?.length ?? 0) > lessons.length &&
    digestOf(contextOf({ ...waiting, lessons: same })) ===
      digestOf(contextOf(current))
  );
}

function counted(groups: number): string {
  return groups === 1 ? '1 group' : `${groups} groups`;
}
