import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
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
import { parseAllDocuments } from 'yaml';
import {
  listFiles,
  planCommits,
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

const scratch = mkdtempSync(join(tmpdir(), 'examples-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

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

describe('repositories', () => {
  it('are at least 26, in files of at most 200 lines, in valid YAML', () => {
    assert.ok(repositories.length >= 26);
    for (const file of listFiles(join(root, 'repositories'))) {
      const text = readFileSync(join(root, 'repositories', file), 'utf8');
      assert.ok(text.split('\n').length <= 201, file);
      assert.ok(text.endsWith('\n'), file);
      if (/\.ya?ml$/.test(file)) {
        for (const document of parseAllDocuments(text)) {
          assert.deepEqual(document.errors, [], file);
        }
      }
    }
  });

  it('have a history without empty commits, by users of the catalog', () => {
    const history = readYaml('history.yaml');
    for (const name of Object.keys(history.repositories)) {
      assert.ok(repositories.includes(name), name);
    }
    for (const name of repositories) {
      const files = filesOf(name);
      const commits = planCommits(history, name, files);
      assert.ok(commits.length >= 2 && commits.length <= 5, name);
      assert.equal(
        commits.flatMap(commit => commit.files).length,
        files.length,
      );
      let before = '';
      for (const { message, author, date, files: brought } of commits) {
        assert.ok(brought.length > 0, `${name}: ${message}`);
        assert.ok(refs.has(`user:default/${author}`), author);
        assert.ok(/^202[4-6]-/.test(date) && date > before, `${name}: ${date}`);
        before = date;
      }
    }
  });
});

/** Runs what a repository declares as its checks, or `make test`. */
function runChecks(folder) {
  const declared = existsSync(join(folder, '.skein.yaml'))
    ? parseAllDocuments(
        readFileSync(join(folder, '.skein.yaml'), 'utf8'),
      )[0].toJS().verify
    : [];
  const commands = declared.map(({ command }) => command);
  if (commands.length === 0 && existsSync(join(folder, 'Makefile'))) {
    commands.push(['make', 'test']);
  }
  return commands.map(([command, ...args]) => {
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: folder,
      encoding: 'utf8',
      timeout: 2000,
      env: { PATH: process.env.PATH, PYTHONDONTWRITEBYTECODE: '1' },
    });
    return { passed: status === 0, output: `${stdout}${stderr}` };
  });
}

describe('checks of the repositories', () => {
  const failing = truth
    .filter(row => row.state === 'failed')
    .map(row => row.repository.split('/')[1]);

  for (const name of repositories) {
    it(`${failing.includes(name) ? 'fail' : 'pass'} in ${name}`, () => {
      const folder = join(scratch, name);
      cpSync(join(root, 'repositories', name), folder, { recursive: true });
      for (const { passed, output } of runChecks(folder)) {
        assert.equal(passed, !failing.includes(name), output);
      }
    });
  }

  for (const campaign of readdirSync(join(root, 'expected'))) {
    for (const name of readdirSync(join(root, 'expected', campaign))) {
      it(`pass in ${name} after ${campaign}`, () => {
        const folder = join(scratch, campaign, name);
        cpSync(join(root, 'repositories', name), folder, { recursive: true });
        cpSync(join(root, 'expected', campaign, name), folder, {
          recursive: true,
        });
        for (const { passed, output } of runChecks(folder)) {
          assert.ok(passed, output);
        }
      });
    }
  }
});

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

  it('says of each target what the catalog says of its owner', () => {
    for (const row of truth) {
      const component = ofKind('Component').find(
        ({ metadata: { annotations } }) =>
          annotations['github.com/project-slug'] === row.repository &&
          (annotations['campaigns.skein/path'] ?? '') === row.path,
      );
      assert.equal(component?.spec.owner, row.owner, row.repository);
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
