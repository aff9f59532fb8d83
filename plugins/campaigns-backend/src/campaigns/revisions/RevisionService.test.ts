import { TestDatabases } from '@backstage/backend-test-utils';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { CampaignFiles } from '@skein/plugin-campaigns-common';
import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { CampaignChanges } from '../../changes/CampaignChanges';
import { listActivity } from '../../database/operations/activity/listActivity';
import { listRevisions } from '../../database/operations/campaigns/listRevisions';
import { migrate } from '../../database/migrate';
import { allRows } from '../../authorization';
import { ownSchemas } from '../../schemas';
import { CampaignService } from '../CampaignService';
import { RevisionService } from './RevisionService';

const alice = 'user:default/alice';

const fileWith = (lines: string, name = 'retire-users'): CampaignFiles => ({
  yaml: `apiVersion: skein/v1
kind: Campaign
name: ${name}
title: Retire users
owner: group:default/platform
datasets:
  - from: acme.user_data.users_v1
    to: acme.user_data.users_v2
    mapping: { columns: [{ old_column: a, new_column: b }] }
${lines}`,
});

const first = fileWith('prompt: Move.\n');
const other = fileWith('prompt: Move with care.\n');

async function services(knex: Knex) {
  await migrate(knex);
  const changes = new CampaignChanges();
  const campaigns = new CampaignService({
    knex,
    changes,
    schemas: ownSchemas,
    appBaseUrl: 'https://portal.example',
  });
  const revisions = new RevisionService({
    knex,
    changes,
    parse: input => campaigns.parse(input),
  });
  const { id } = await campaigns.create(first, alice);
  return { campaigns, revisions, id };
}

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('revisions on %s', databaseId => {
  it('are told to nobody before they are adopted, and older ones can be again', async () => {
    const knex = await databases.init(databaseId);
    const { campaigns, revisions, id } = await services(knex);
    const [before] = (await listRevisions(knex, id, {})).items;

    const candidate = await revisions.create(id, other, {
      note: 'Be careful',
      actor: alice,
    });
    expect(candidate).toMatchObject({
      number: 2,
      current: false,
      note: 'Be careful',
      createdBy: alice,
    });
    expect(await campaigns.get(id)).toMatchObject({
      revisionNumber: 1,
      spec: { prompt: 'Move.' },
    });

    await revisions.adopt(id, candidate.id, alice);
    expect(await campaigns.get(id)).toMatchObject({
      revisionNumber: 2,
      spec: { prompt: 'Move with care.' },
    });
    await revisions.adopt(id, before.id, alice);
    expect(await campaigns.get(id)).toMatchObject({
      revisionNumber: 1,
      spec: { prompt: 'Move.' },
    });
    const { items } = await listRevisions(knex, id, {});
    expect(items.map(({ number, current }) => [number, current])).toEqual([
      [2, false],
      [1, true],
    ]);
    const { items: activity } = await listActivity(knex, id, {}, allRows);
    expect(activity.map(({ action }) => action)).toEqual([
      'revision.adopt',
      'revision.adopt',
      'revision.create',
      'campaign.create',
    ]);
  });

  it('are not stored twice', async () => {
    const knex = await databases.init(databaseId);
    const { campaigns, revisions, id } = await services(knex);
    const candidate = await revisions.create(id, other, { actor: alice });
    const again = await revisions.create(id, other, { actor: alice });
    expect(again.id).toBe(candidate.id);
    const current = await revisions.create(id, first, { actor: alice });
    expect(current).toMatchObject({ number: 1, current: true });
    // Whoever saves what is a candidate already adopts it.
    expect(await campaigns.update(id, other, alice)).toMatchObject({
      revisionId: candidate.id,
    });
    expect((await listRevisions(knex, id, {})).totalItems).toBe(2);
  });

  it('take back nothing but context', async () => {
    const knex = await databases.init(databaseId);
    const { campaigns, revisions, id } = await services(knex);
    const candidate = await revisions.create(id, other, { actor: alice });
    await campaigns.update(
      id,
      fileWith(
        'prompt: Move.\nrollout: { concurrency: 9 }\nbudget: { amount: 50, currency: USD }\n',
      ),
      alice,
    );
    const expected = {
      prompt: 'Move with care.',
      rollout: { concurrency: 9 },
      budget: { amount: 50 },
    };
    const { spec } = await revisions.get(id, candidate.id);
    expect(spec).toMatchObject(expected);
    await revisions.adopt(id, candidate.id, alice);
    expect((await campaigns.get(id)).spec).toMatchObject(expected);
  });

  it('are refused where they cannot be had', async () => {
    const knex = await databases.init(databaseId);
    const { revisions, id } = await services(knex);
    const options = { actor: alice };
    await expect(
      revisions.create(id, fileWith('', 'retire-plays'), options),
    ).rejects.toThrow(InputError);
    await expect(revisions.adopt(id, randomUUID(), alice)).rejects.toThrow(
      NotFoundError,
    );
    await expect(revisions.get(id, 'nonsense')).rejects.toThrow(NotFoundError);

    const candidate = await revisions.create(id, other, options);
    await knex('context_revisions').update({ spec: null });
    await expect(revisions.adopt(id, candidate.id, alice)).rejects.toThrow(
      'Revision 2 was made before revisions could be adopted',
    );
    await knex('campaigns').update({ state: 'cancelled' });
    await expect(revisions.create(id, other, options)).rejects.toThrow(
      ConflictError,
    );
  });

  it('are read and compared as documents', async () => {
    const knex = await databases.init(databaseId);
    const { revisions, id } = await services(knex);
    const candidate = await revisions.create(
      id,
      fileWith(
        'prompt: |\n  Move.\n  With care.\njudge: { instructions: Look for casts. }\n',
      ),
      { actor: alice },
    );
    const { documents } = await revisions.get(id, candidate.id);
    expect(documents.map(({ name }) => name)).toEqual([
      'Prompt',
      'Judge',
      'Steps',
      'Verification',
      'Gates',
      'Mapping acme.user_data.users_v1 to acme.user_data.users_v2',
    ]);
    expect(documents[0]).toEqual({
      name: 'Prompt',
      language: 'markdown',
      text: 'Move.\nWith care.\n',
    });
    expect(documents[5].text).toContain('from: a');

    const { items } = await listRevisions(knex, id, {});
    const comparison = await revisions.compare(id, {
      base: items[1].id,
      head: candidate.id,
    });
    expect(comparison).toMatchObject({
      base: { number: 1 },
      head: { number: 2 },
    });
    expect(comparison.documents.map(({ name }) => name)).toEqual([
      'Prompt',
      'Judge',
    ]);
    expect(comparison.documents[0].patch).toBe(
      '--- Prompt\n+++ Prompt\n@@ -1,1 +1,2 @@\n Move.\n+With care.\n',
    );
    expect(comparison.documents[1].patch).toContain('+Look for casts.');
  });
});
