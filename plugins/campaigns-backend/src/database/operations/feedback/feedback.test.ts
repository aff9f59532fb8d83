import { TestDatabases } from '@backstage/backend-test-utils';
import { PullRequestComment } from '@skein/plugin-campaigns-node';
import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { allRows } from '../../../authorization';
import {
  insertCampaign,
  insertTarget,
} from '../../../jobs/__testUtils__/campaign';
import { migrate, migrationsDirectory } from '../../migrate';
import { decideFeedback } from './decideFeedback';
import { listFeedback } from './listFeedback';
import { listTargetFeedback } from './listTargetFeedback';
import { storeComments } from './storeComments';
import { storeRemarks } from './storeRemarks';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const repository = { host: 'forge.example.com', owner: 'acme', name: 'any' };

const comment = (
  id: string,
  text: string,
  more: Partial<PullRequestComment> = {},
): PullRequestComment => ({
  id,
  author: 'carol',
  bot: false,
  own: false,
  text,
  url: `https://forge.example.com/acme/any/pull/1#${id}`,
  createdAt: new Date(
    1e12 + Number(id.replace(/\D/g, '')) * 1_000,
  ).toISOString(),
  ...more,
});

describe.each(databases.eachSupportedId())('feedback on %s', databaseId => {
  let knex: Knex;
  let campaignId: string;
  let revisionId: string;
  let targetId: string;

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    await migrate(knex);
    ({ campaignId, revisionId } = await insertCampaign(knex));
    targetId = await insertTarget(knex, { campaignId });
  });

  const store = (
    comments: PullRequestComment[],
    options: { number?: number; completeSince?: string } = {},
  ) => {
    const { number = 1, completeSince } = options;
    return knex.transaction(tx =>
      storeComments(
        tx,
        { campaign_id: campaignId, target_id: targetId, number },
        { repository, number, comments, completeSince },
      ),
    );
  };
  const texts = async () => {
    const { items } = await listTargetFeedback(knex, targetId, { limit: 200 });
    return items.map(({ text }) => text).sort();
  };
  const groups = async () =>
    (await listFeedback(knex, campaignId, { limit: 200 }, allRows)).items;
  const dismiss = async (text: string) => {
    const group = (await groups()).find(each => each.latest.text === text)!;
    await decideFeedback(knex, campaignId, [group.key], {
      state: 'dismissed',
      revision_id: null,
      decided_by: 'user:default/alice',
    });
  };
  const remark = (remarks: string[], id: string = randomUUID()) =>
    storeRemarks(
      knex,
      {
        id,
        campaign_id: campaignId,
        target_id: targetId,
        revision_id: revisionId,
      },
      remarks,
    );

  it('is what people say, and neither bots nor we', async () => {
    expect(
      await store([
        comment('1', 'A person'),
        comment('2', 'A program', { bot: true }),
        comment('3', 'Ours', { own: true }),
        comment('4', ' \u0000\u202E\n '),
      ]),
    ).toBe(true);
    expect(await texts()).toEqual(['A person']);
  });

  it('stays the same however often it is read', async () => {
    const said = [comment('1', 'One'), comment('2', 'Two')];
    await store(said);
    const before = await knex('feedback').orderBy('id');
    expect(await store([...said].reverse())).toBe(false);
    expect(await knex('feedback').orderBy('id')).toEqual(before);
  });

  it('follows edits, places and removals', async () => {
    await store([comment('1', 'Keep it'), comment('2', 'Gone')]);
    expect(
      await store([
        comment('1', 'Keep it!', { file: 'a.sql', line: 9 }),
        comment('3', 'New'),
      ]),
    ).toBe(true);
    const { items } = await listTargetFeedback(knex, targetId, {});
    expect(items.map(({ text, file, line }) => [text, file, line])).toEqual([
      ['New', undefined, undefined],
      ['Keep it!', 'a.sql', 9],
    ]);
    await store([comment('1', 'Rather remove it'), comment('3', 'New')]);
    expect(await texts()).toEqual(['New', 'Rather remove it']);
  });

  it('keeps what was decided about, though it is edited or removed since', async () => {
    await store([comment('1', 'One'), comment('2', 'Two')]);
    await dismiss('One');
    await dismiss('Two');
    await store([comment('1', 'Uno')]);
    expect(
      (await groups()).map(({ latest, state }) => [latest.text, state]),
    ).toEqual([
      ['Uno', 'open'],
      ['Two', 'dismissed'],
      ['One', 'dismissed'],
    ]);
  });

  it('takes nothing for gone that the forge did not show for its age', async () => {
    await store([comment('1', 'Old'), comment('5', 'Middle')]);
    const completeSince = comment('4', '').createdAt;
    await store([comment('9', 'New')], { completeSince });
    expect(await texts()).toEqual(['New', 'Old']);
  });

  it('keeps what was said on an earlier pull request of the target', async () => {
    await store([comment('1', 'First')]);
    await store([comment('2', 'Second')], { number: 2 });
    await store([], { number: 2 });
    expect(await texts()).toEqual(['First']);
  });

  it('is bounded for each target, and forgets open ones first', async () => {
    await store([comment('1', 'Decided')]);
    await dismiss('Decided');
    const words = (count: number) =>
      'x'.repeat(Math.floor(count / 26)) +
      String.fromCharCode(97 + (count % 26));
    const many = Array.from({ length: 400 }, (_, index) =>
      comment(String(index + 2), words(index)),
    );
    await store([comment('1', 'Decided'), ...many]);
    const kept = await texts();
    expect(kept).toHaveLength(200);
    expect(kept).toContain('Decided');
    expect(kept).toContain(words(399));
    expect(kept).not.toContain(words(0));

    // What agents remark takes no place from it, and is bounded too.
    for (let job = 0; job < 6; job += 1) {
      await remark(
        Array.from({ length: 70 }, (_, index) => words(index + job * 70)),
      );
    }
    expect((await knex('feedback').where({ source: 'agent' })).length).toBe(
      200,
    );
    expect((await knex('feedback').where({ source: 'reviewer' })).length).toBe(
      200,
    );
  });

  it('has remarks of agents once for each job, on one line, without secrets', async () => {
    const job = randomUUID();
    const hostile = `The table\n\u001b[31mlies: sk-ant-${'a'.repeat(
      20,
    )} ${'x'.repeat(1024 ** 2)}`;
    await remark(['Say it', 'say it!', '', hostile], job);
    await remark(['Say it'], job);
    await remark(['Say it']);
    const all = await groups();
    expect(all.map(({ count, source }) => [count, source])).toEqual([
      [2, 'agent'],
      [1, 'agent'],
    ]);
    expect(all[0].latest).toMatchObject({ text: 'Say it', revisionNumber: 1 });
    const { text, jobId } = all[1].latest;
    expect(jobId).toBe(job);
    expect(text).toMatch(/^The table \[31mlies: \[redacted\] x+…$/);
    expect(text.length).toBeLessThanOrEqual(4_000);
  });

  it('goes with its target, and its table up and down', async () => {
    await store([comment('1', 'One')]);
    await knex('targets').where({ id: targetId }).delete();
    expect(await knex('feedback')).toEqual([]);

    const name = '20261122000100_feedback.js';
    const directory = migrationsDirectory;
    const has = () => knex.schema.hasColumn('pull_requests', 'conversation');
    expect(await has()).toBe(true);
    await knex.migrate.down({ directory, name });
    expect(await knex.schema.hasTable('feedback')).toBe(false);
    expect(await has()).toBe(false);
    expect(await knex('campaigns')).toHaveLength(1);
    await migrate(knex);
    expect(await knex.schema.hasTable('feedback_decisions')).toBe(true);
  });
});
