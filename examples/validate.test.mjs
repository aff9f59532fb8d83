import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  componentEntityV1alpha1Validator,
  groupEntityV1alpha1Validator,
  resourceEntityV1alpha1Validator,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
  EntityPolicies,
  SchemaValidEntityPolicy,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
} from '@backstage/catalog-model';
import { readEntities, readYaml, refOf, root } from './readOrganisation.mjs';

const entities = readEntities();
const refs = new Set(entities.map(({ entity }) => refOf(entity)));
const ofKind = kind =>
  entities.map(({ entity }) => entity).filter(entity => entity.kind === kind);
const campaigns = readdirSync(join(root, 'campaigns'))
  .filter(name => name.endsWith('.yaml'))
  .map(name => readYaml('campaigns', name));

describe('catalog', () => {
  const validators = {
    Component: componentEntityV1alpha1Validator,
    Group: groupEntityV1alpha1Validator,
    Resource: resourceEntityV1alpha1Validator,
    System: systemEntityV1alpha1Validator,
    User: userEntityV1alpha1Validator,
  };
  const policy = EntityPolicies.allOf([
    new SchemaValidEntityPolicy(),
    new NoForeignRootFieldsEntityPolicy(),
    new FieldFormatEntityPolicy(),
  ]);

  it('holds entities that Backstage accepts, each once', async () => {
    for (const { entity } of entities) {
      assert.ok(await policy.enforce(entity));
      assert.equal(await validators[entity.kind].check(entity), true);
    }
    assert.equal(refs.size, entities.length);
  });

  it('has no relation that leads nowhere', () => {
    for (const { entity } of entities) {
      const { spec } = entity;
      const asked = [
        spec.owner,
        ...(spec.dependsOn ?? []),
        ...(spec.system ? [`system:default/${spec.system}`] : []),
        ...[spec.parent, ...(spec.children ?? []), ...(spec.memberOf ?? [])]
          .filter(Boolean)
          .map(name => `group:default/${name}`),
      ].filter(Boolean);
      for (const ref of asked) {
        assert.ok(refs.has(ref), `${refOf(entity)} names ${ref}`);
      }
    }
  });

  it('has the repository and folder of each pipeline', () => {
    for (const { metadata } of ofKind('Component')) {
      const slug = metadata.annotations['github.com/project-slug'];
      const path = metadata.annotations['campaigns.skein/path'] ?? '';
      const [owner, name] = slug.split('/');
      assert.equal(owner, 'meridian');
      assert.ok(existsSync(join(root, 'repositories', name, path)), slug);
    }
  });

  it('has the datasets of the campaigns', () => {
    const datasets = ofKind('Resource').map(
      ({ metadata }) => metadata.annotations['campaigns.skein/dataset'],
    );
    for (const { from, to } of campaigns.flatMap(c => c.datasets)) {
      assert.ok(datasets.includes(from.replace(/_\*$/, '')), from);
      assert.ok(datasets.includes(to.replace(/_\*$/, '')), to);
    }
  });
});

describe('campaigns', () => {
  it('name files that exist and an owner of the catalog', () => {
    for (const campaign of campaigns) {
      assert.ok(refs.has(campaign.owner));
      const named = campaign.datasets.flatMap(({ mapping, schemas }) => [
        mapping,
        schemas.from,
        schemas.to,
      ]);
      for (const file of [campaign.guide, ...named]) {
        assert.ok(existsSync(join(root, 'campaigns', file)), file);
      }
    }
  });

  it('map columns that the schemas have', () => {
    const paths = (columns, prefix = '') =>
      columns.flatMap(column => [
        prefix + column.name,
        ...paths(column.fields ?? [], `${prefix}${column.name}.`),
      ]);
    const csv = readFileSync(
      join(root, 'campaigns/mappings/sessions.csv'),
      'utf8',
    );
    const tables = [
      ['users', readYaml('campaigns/mappings/users.yaml').columns],
      ['shows', readYaml('campaigns/mappings/shows.yaml').columns],
      [
        'sessions',
        csv
          .trim()
          .split('\n')
          .slice(1)
          .map(line => line.split(','))
          .map(([old_column, new_column]) => ({ old_column, new_column })),
      ],
    ];
    for (const [name, columns] of tables) {
      const before = paths(readYaml(`schemas/${name}_v1.yaml`).columns);
      const now = paths(readYaml(`schemas/${name}_v2.yaml`).columns);
      const mapped = columns.map(column => column.old_column);
      assert.deepEqual(
        mapped.filter(column => !before.includes(column)),
        [],
      );
      assert.deepEqual(
        columns
          .map(column => column.new_column)
          .filter(column => column && !now.includes(column)),
        [],
      );
      const unmapped = before.filter(
        column =>
          !mapped.includes(column) &&
          !mapped.some(other => other.startsWith(`${column}.`)),
      );
      assert.deepEqual(
        unmapped.filter(column => !now.includes(column)),
        [],
      );
    }
  });
});
