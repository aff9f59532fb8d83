import fc from 'fast-check';
import { manifestOf } from '../testing/manifestOf';
import { parseManifest } from './parseManifest';

const names = (datasets: Array<{ name: string }>) =>
  datasets.map(each => each.name).sort();

describe('parseManifest', () => {
  it.each(Array.from({ length: 12 }, (_, index) => index + 1))(
    'reads version %s',
    version => {
      const manifest = manifestOf(version, {
        project: 'shop',
        nodes: [
          {
            id: 'model.shop.stg_users',
            dependsOn: ['source.shop.crm.users'],
          },
          {
            id: 'model.shop.base',
            materialized: 'ephemeral',
            dependsOn: ['source.shop.crm.orders'],
          },
          {
            id: 'model.shop.fct',
            alias: 'facts',
            schema: 'marts',
            dependsOn: [
              'model.shop.stg_users',
              'model.shop.base',
              'seed.shop.countries',
              'model.fivetran.accounts',
            ],
          },
          { id: 'seed.shop.countries', database: null },
          {
            id: 'snapshot.shop.history',
            schema: 'history',
            dependsOn: ['model.shop.fct'],
          },
          { id: 'model.fivetran.accounts', package: 'fivetran' },
          {
            id: 'test.shop.unique_users',
            dependsOn: ['source.shop.crm.other'],
          },
          { id: 'test.shop.unique_facts' },
          { id: 'operation.shop.on_run_end' },
        ],
        sources: [
          {
            id: 'source.shop.crm.users',
            database: 'raw',
            schema: 'crm',
            name: 'users',
            identifier: 'USERS_V1',
          },
          {
            id: 'source.shop.crm.orders',
            database: null,
            schema: 'crm',
            name: 'orders',
            identifier: 'orders',
          },
          {
            id: 'source.shop.crm.other',
            database: 'raw',
            schema: 'crm',
            name: 'other',
            identifier: 'other',
          },
        ],
        exposures: [
          {
            id: 'exposure.shop.board',
            label: 'Board report',
            dependsOn: ['model.shop.fct', 'metric.shop.revenue'],
          },
        ],
      });
      const project = parseManifest(manifest, 'manifest.json');
      expect(project.name).toBe('shop');
      expect(names(project.reads)).toEqual([
        'acme.dw.accounts',
        'acme.dw.stg_users',
        'acme.marts.facts',
        'crm.orders',
        'dw.countries',
        'raw.crm.USERS_V1',
      ]);
      expect(names(project.writes)).toEqual([
        'acme.dw.accounts',
        'acme.dw.stg_users',
        'acme.history.history',
        'acme.marts.facts',
        'dw.countries',
      ]);
      expect(project.exposures).toEqual([
        {
          name: 'board',
          title: version >= 7 ? 'Board report' : undefined,
          reads: [{ name: 'acme.marts.facts', confidence: 'certain' }],
        },
      ]);
      expect([...project.models.keys()].sort()).toEqual([
        'countries',
        'fct',
        'history',
        'stg_users',
      ]);
    },
  );

  it.each([3, 9])(
    'knows the project of version %s among packages with more nodes',
    version => {
      const project = parseManifest(
        manifestOf(version, {
          project: 'shop',
          nodes: [
            { id: 'model.shop.users' },
            { id: 'model.elementary.alerts', package: 'elementary' },
            { id: 'model.elementary.runs', package: 'elementary' },
          ],
        }),
        'manifest.json',
      );
      expect(project.name).toBe('shop');
      expect([...project.models.keys()]).toEqual(['users']);
    },
  );

  it('reads the models of another project and does not claim to build them', () => {
    const project = parseManifest(
      manifestOf(12, {
        project: 'shop',
        nodes: [
          {
            id: 'model.core.users',
            package: 'core',
            database: 'core-db',
            external: true,
          },
          { id: 'model.shop.a', dependsOn: ['model.core.users'] },
          {
            id: 'model.shop.b.v1',
            name: 'b',
            alias: 'b_v1',
            version: 1,
            latestVersion: 2,
          },
          {
            id: 'model.shop.b.v2',
            name: 'b',
            alias: 'b_v2',
            version: 2,
            latestVersion: 2,
          },
        ],
      }),
      'manifest.json',
    );
    expect(names(project.reads)).toEqual(['core-db.dw.users']);
    expect(names(project.writes)).toEqual([
      'acme.dw.a',
      'acme.dw.b_v1',
      'acme.dw.b_v2',
    ]);
    expect(project.models.get('b')?.name).toBe('acme.dw.b_v2');
    expect(project.models.get('b_v1')?.name).toBe('acme.dw.b_v1');
  });

  it.each([
    ['{', 'x.json is not JSON'],
    ['[]', 'has no nodes'],
    ['{"nodes": []}', 'has no nodes'],
    [manifestOf(13, { project: 'a', nodes: [] }), 'is of version 13'],
  ])('refuses %j', (text, message) => {
    expect(() => parseManifest(text, 'x.json')).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringContaining(message),
      }),
    );
  });

  it('takes any JSON below the nodes', () => {
    const value = fc.letrec(tie => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(null, 1, '', 'model', 'shop', 'model.shop.a', true),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom(
            'nodes',
            'depends_on',
            'resource_type',
            'unique_id',
            'schema',
            'alias',
            'config',
            'package_name',
            '__proto__',
          ),
          tie('value'),
          { maxKeys: 5 },
        ),
      ),
    })).value;
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), value),
        value,
        (nodes, sources) => {
          const project = parseManifest(
            JSON.stringify({ nodes, sources, exposures: nodes }),
            'x.json',
          );
          for (const { name } of [...project.reads, ...project.writes]) {
            expect(typeof name).toBe('string');
          }
        },
      ),
    );
  });
});
