import { TestDatabases } from '@backstage/backend-test-utils';
import { PullRequest } from '@skein/plugin-campaigns-common';
import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { migrate } from '../../migrate';
import { rollBackTargets } from '../rollbacks/rollBackTargets';
import { lockTarget } from '../targets/lockTarget';
import { openPublication } from './openPublication';
import { PublicationRow } from './tables';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const pullRequest: PullRequest = {
  number: 1,
  url: 'https://github.com/acme/warehouse/pull/1',
  title: 'Move',
  state: 'open',
  draft: false,
  headBranch: 'skein/retire-users/root',
  headSha: 'abc',
  baseBranch: 'main',
  checks: 'none',
  review: 'none',
  reviewers: [],
  mergeable: 'unknown',
  humanCommits: false,
  openedAt: '2026-01-01T00:00:00.000Z',
  syncedAt: '2026-01-01T00:00:00.000Z',
};

async function insertPublication(knex: Knex): Promise<PublicationRow> {
  const campaignId = randomUUID();
  const targetId = randomUUID();
  const place = {
    campaign_id: campaignId,
    repo_host: 'github.com',
    repo_owner: 'acme',
    repo_name: 'warehouse',
    created_at: 1,
    updated_at: 1,
  };
  await knex('campaigns').insert({
    id: campaignId,
    name: 'retire-users',
    title: 'Retire users',
    owner_ref: 'group:default/platform',
    state: 'active',
    spec: '{}',
    scope_state: 'ready',
    created_by: 'user:default/alice',
    created_at: 1,
    updated_at: 1,
  });
  await knex('targets').insert({
    ...place,
    id: targetId,
    path: '',
    framework: 'dbt',
    state: 'publishing',
    reasons: '[]',
  });
  const [publication] = await knex<PublicationRow>('publications')
    .insert({
      ...place,
      id: randomUUID(),
      target_id: targetId,
      change_id: randomUUID(),
      state: 'pushed',
      branch: pullRequest.headBranch,
      head_sha: 'abc',
      ticket: randomUUID(),
      next_at: 1,
    })
    .returning('*');
  return publication;
}

describe('a publication that ends while its target is rolled back', () => {
  it('waits for the rollback instead of deadlocking', async () => {
    // SQLite has one writer at a time: nobody waits for a row there.
    if (!databases.supports('POSTGRES_15')) return;
    const knex = await databases.init('POSTGRES_15');
    await migrate(knex);
    const publication = await insertPublication(knex);

    const rollback = await knex.transaction();
    await lockTarget(rollback, publication.target_id);
    const opening = knex
      .transaction(tx => openPublication(tx, publication, 'abc', pullRequest))
      .catch(error => error);
    const isWaiting = async () =>
      (await knex('pg_locks').where({ granted: false })).length > 0;
    while (!(await isWaiting())) {
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    await rollBackTargets(rollback, [publication.target_id], 'Wrong mapping');
    await rollback.commit();

    expect((await opening).name).toBe('LostLeaseError');
    expect(await knex('targets').first()).toMatchObject({
      state: 'rolledBack',
    });
    expect(await knex('rollbacks')).toHaveLength(1);
  });
});
