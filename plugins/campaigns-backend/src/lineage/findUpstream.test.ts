import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { LineageFact } from '@skein/plugin-campaigns-node';
import { migrate } from '../database/migrate';
import { findUpstream } from './findUpstream';
import { LineageStore } from './LineageStore';

const job = (
  name: string,
  reads: string[],
  writes: string[],
): LineageFact[] => [
  ...reads.map(dataset => ({ type: 'read' as const, job: name, dataset })),
  ...writes.map(dataset => ({ type: 'write' as const, job: name, dataset })),
];

describe('findUpstream', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  it.each(databases.eachSupportedId())(
    'tells what each dataset on the way to a successor is built from, %s',
    async id => {
      const knex = await databases.init(id);
      await migrate(knex);
      const store = LineageStore.create({
        knex,
        logger: mockServices.logger.mock(),
      });
      await store.replaceProviderFacts('catalog', [
        ...job('merge', ['a.d.clean', 'a.d.regions'], ['a.d.users_v2']),
        ...job('clean', ['a.d.users_v1'], ['a.d.clean']),
        ...job('report', ['a.d.users_v2'], ['a.d.report']),
      ]);
      expect(await findUpstream(knex, ['a.d.users_v2', 'a.d.unknown'])).toEqual(
        {
          'a.d.users_v2': ['a.d.clean', 'a.d.regions'],
          'a.d.clean': ['a.d.users_v1'],
        },
      );
    },
  );
});
