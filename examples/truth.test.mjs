import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  listFiles,
  readEntities,
  readYaml,
  refOf,
  root,
} from './readOrganisation.mjs';

const entities = readEntities();
const refs = new Set(entities.map(({ entity }) => refOf(entity)));
const ofKind = kind =>
  entities.map(({ entity }) => entity).filter(entity => entity.kind === kind);
const repositories = readdirSync(join(root, 'repositories')).sort();
const filesOf = name => listFiles(join(root, 'repositories', name));
const truth = readYaml('expected.yaml').targets;
const campaigns = readdirSync(join(root, 'campaigns'))
  .filter(name => name.endsWith('.yaml'))
  .map(name => readYaml('campaigns', name));

describe('truth table', () => {
  it('has known campaigns, repositories, owners and files', () => {
    const names = campaigns.map(campaign => campaign.name);
    for (const row of truth) {
      const where = `${row.campaign} ${row.repository} ${row.path}`;
      const folder = join(root, 'repositories', row.repository.split('/')[1]);
      assert.ok(names.includes(row.campaign), where);
      assert.ok(existsSync(join(folder, row.path)), where);
      assert.ok(refs.has(row.owner), where);
      assert.ok(row.reason.length > 0, where);
      for (const file of [...(row.changes ?? []), ...(row.needsPerson ?? [])]) {
        assert.ok(existsSync(join(folder, file)), `${where}: ${file}`);
      }
      assert.equal(row.state === 'verified', row.ownerMerges === true, where);
      assert.equal(
        ['prOpen', 'verified'].includes(row.state),
        row.changes !== undefined,
        where,
      );
    }
  });

  it('says of each target what the catalog says of its owner and framework', () => {
    for (const row of truth) {
      const component = ofKind('Component').find(
        ({ metadata: { annotations } }) =>
          annotations['github.com/project-slug'] === row.repository &&
          (annotations['campaigns.skein/path'] ?? '') === row.path,
      );
      assert.equal(component?.spec.owner, row.owner, row.repository);
      assert.equal(
        component.metadata.annotations['campaigns.skein/framework'],
        row.framework,
      );
    }
  });

  it('has every file in which code search finds the old name', () => {
    for (const campaign of campaigns) {
      const rows = truth.filter(row => row.campaign === campaign.name);
      const [{ query, extensions }] = campaign.scope.codeSearch;
      for (const name of repositories) {
        for (const file of filesOf(name)) {
          if (!extensions.includes(file.split('.').pop())) continue;
          const path = join(root, 'repositories', name, file);
          if (!readFileSync(path, 'utf8').includes(query)) continue;
          const row = rows.find(
            ({ repository, path: folder }) =>
              repository === `meridian/${name}` &&
              (folder === '' || file.startsWith(`${folder}/`)),
          );
          assert.ok(row, `${name}/${file}`);
          assert.ok(['search', 'both'].includes(row.foundBy), name);
        }
      }
    }
  });

  it('has every pipeline that the catalog says reads the old dataset', () => {
    for (const campaign of campaigns) {
      const dataset = campaign.datasets[0].from.replace('meridian-data.', '');
      for (const { metadata, spec } of ofKind('Component')) {
        if (!spec.dependsOn?.includes(`resource:default/${dataset}`)) continue;
        const row = truth.find(
          ({ campaign: of, repository, path }) =>
            of === campaign.name &&
            repository === metadata.annotations['github.com/project-slug'] &&
            path === (metadata.annotations['campaigns.skein/path'] ?? ''),
        );
        assert.ok(row, `${campaign.name} ${metadata.name}`);
        assert.ok(['lineage', 'both', 'catalog'].includes(row.foundBy));
      }
    }
  });

  it('lists the files of which the exact content is given', () => {
    const given = listFiles(join(root, 'expected'));
    assert.ok(given.length >= 10);
    for (const file of given) {
      const [campaign, name, ...rest] = file.split('/');
      const row = truth.find(
        ({ campaign: of, repository, changes }) =>
          of === campaign &&
          repository === `meridian/${name}` &&
          changes?.includes(rest.join('/')),
      );
      assert.ok(row, file);
    }
  });
});
