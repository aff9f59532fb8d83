import { TestDatabases } from '@backstage/backend-test-utils';
import { CampaignFiles } from '@skein/plugin-campaigns-common';
import { CampaignChanges } from '../changes/CampaignChanges';
import { processorTime, slowness } from '../__testUtils__/processorTime';
import { migrate } from '../database/migrate';
import { ownSchemas, SchemaSource } from '../schemas';
import { CampaignService } from './CampaignService';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const files: CampaignFiles = {
  yaml: `apiVersion: skein/v1
kind: Campaign
name: retire-users
title: Retire users
owner: group:default/platform
datasets:
  - from: acme.user_data.users_v1
    to: acme.user_data.users_v2
    mapping:
      columns:
        - { from: usr_id, to: user_identifier }
  - from: acme.logs.plays_v1
    to: acme.logs.plays_v2
    mapping: { columns: [] }
`,
};

describe('the preview of a mapping', () => {
  it('lets all else have its turn, however long the table', async () => {
    const knex = await databases.init('SQLITE_3');
    await migrate(knex);
    const campaigns = new CampaignService({
      knex,
      changes: new CampaignChanges(),
      schemas: ownSchemas,
      appBaseUrl: 'http://portal',
    });
    const columns = Array.from(
      { length: 600 },
      (_, index) => `        - { from: old_${index}, to: new_${index} }\n`,
    );
    const { id } = await campaigns.create(
      {
        yaml: files.yaml.replace(
          '        - { from: usr_id, to: user_identifier }\n',
          columns.join(''),
        ),
      },
      'user:default/ada',
    );
    let lines = 0;
    const time = await processorTime(async () => {
      const [users] = await campaigns.previewMapping(id);
      lines = users.lines.length;
    });
    expect(lines).toBe(600);
    expect(time).toBeLessThan(200 * (await slowness()));
  });

  it('is checked against what schema providers know, and says where it is from', async () => {
    const knex = await databases.init('SQLITE_3');
    await migrate(knex);
    const asked: unknown[] = [];
    const readAt = '2026-11-21T10:00:00.000Z';
    const schemas: SchemaSource = {
      resolve: async question => {
        asked.push(question);
        return {
          schemas: { 'acme.user_data.users_v1': { user_id: 'INT64' } },
          origins: [
            {
              dataset: 'acme.user_data.users_v1',
              state: 'known',
              source: 'BigQuery',
              columns: 1,
              readAt,
            },
            {
              dataset: 'acme.user_data.users_v2',
              state: 'missing',
              source: 'BigQuery',
              readAt,
            },
            { dataset: 'acme.logs.plays_v1', state: 'unknown' },
          ],
        };
      },
    };
    const campaigns = new CampaignService({
      knex,
      changes: new CampaignChanges(),
      schemas,
      appBaseUrl: 'http://portal',
    });
    const { id } = await campaigns.create(files, 'user:default/ada');

    const [users, plays] = await campaigns.previewMapping(id);

    expect(asked).toEqual([
      {
        datasets: [
          'acme.user_data.users_v1',
          'acme.user_data.users_v2',
          'acme.logs.plays_v1',
          'acme.logs.plays_v2',
        ],
        own: {},
      },
    ]);
    expect(users.problems).toEqual(
      expect.arrayContaining([
        {
          severity: 'warning',
          message:
            'BigQuery has no acme.user_data.users_v2, or does not show it to us',
          subject: 'acme.user_data.users_v2',
        },
        expect.objectContaining({
          severity: 'error',
          message:
            'acme.user_data.users_v1 has no column usr_id; did you mean user_id?',
        }),
      ]),
    );
    expect(users.schemas.map(({ state }) => state)).toEqual([
      'known',
      'missing',
    ]);
    expect(plays.schemas).toEqual([
      { dataset: 'acme.logs.plays_v1', state: 'unknown' },
    ]);
  });
});
