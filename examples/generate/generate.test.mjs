import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';
import {
  listFiles,
  readEntities,
  readYaml,
  refOf,
} from '../readOrganisation.mjs';
import { datasets } from './datasets.mjs';
import { generateOrganisation } from './generateOrganisation.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'generate-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

const count = 200;
const files = generateOrganisation(count, 42);
const rows = parse(files.get('expected.yaml')).targets;
const components = parseAllDocuments(files.get('catalog/components.yaml')).map(
  document => document.toJS(),
);
const resources = parseAllDocuments(files.get('catalog/datasets.yaml')).map(
  document => document.toJS(),
);
const paths = [...files.keys()];
const campaigns = ['users-v1', 'sessions-v1'].map(name =>
  readYaml('campaigns', `${name}.yaml`),
);

describe('generateOrganisation', () => {
  it('gives the same files for the same seed, and others for another', () => {
    assert.deepEqual(generateOrganisation(count, 42), files);
    assert.notDeepEqual(generateOrganisation(count, 43), files);
  });

  it('makes as many repositories as asked, each with a README and an owner', () => {
    const names = new Set(
      paths
        .filter(path => path.startsWith('repositories/'))
        .map(path => path.split('/')[1]),
    );
    assert.equal(names.size, count);
    for (const name of names) {
      assert.ok(files.has(`repositories/${name}/README.md`));
      assert.ok(files.has(`repositories/${name}/.github/CODEOWNERS`));
    }
  });

  it('makes every kind of target', () => {
    const kinds = new Set(rows.map(row => `${row.foundBy} ${row.state}`));
    for (const kind of [
      'both prOpen',
      'search prOpen',
      'both needsHuman',
      'both failed',
      'both outOfScope',
      'lineage noChanges',
      'search noChanges',
      'catalog noChanges',
    ]) {
      assert.ok(kinds.has(kind), kind);
    }
  });

  it('has the repository, folder and component of each row, and what changes', () => {
    for (const row of rows) {
      const name = row.repository.split('/')[1];
      const folder = `repositories/${name}/${row.path ? `${row.path}/` : ''}`;
      assert.ok(
        paths.some(path => path.startsWith(folder)),
        folder,
      );
      const component = components.find(
        ({ metadata: { annotations } }) =>
          annotations['github.com/project-slug'] === row.repository &&
          (annotations['campaigns.skein/path'] ?? '') === row.path,
      );
      assert.equal(component.spec.owner, row.owner);
      assert.equal(row.state === 'prOpen', row.changes !== undefined);
      for (const file of row.changes ?? []) {
        const before = files.get(`repositories/${name}/${file}`);
        const now = files.get(`expected/${row.campaign}/${name}/${file}`);
        assert.ok(before && now && before !== now, file);
      }
    }
  });

  it('lists each file in which code search finds an old name', () => {
    for (const { name: campaign, scope } of campaigns) {
      const [{ query, extensions }] = scope.codeSearch;
      for (const [path, text] of files) {
        const [top, repository, ...rest] = path.split('/');
        if (top !== 'repositories' || !text.includes(query)) continue;
        if (!extensions.includes(path.split('.').pop())) continue;
        const row = rows.find(
          each =>
            each.campaign === campaign &&
            each.repository === `meridian/${repository}` &&
            rest.join('/').startsWith(each.path),
        );
        assert.ok(['search', 'both'].includes(row?.foundBy), path);
      }
    }
  });

  it('leaves no reference to the old table in what a careful engineer commits', () => {
    for (const [path, text] of files) {
      if (!path.startsWith('expected/')) continue;
      const code = text.replace(/--.*|'[^'\n]*_v1'/g, '');
      const old = path.includes('retire-users-v1') ? 'users_v1' : 'sessions_v1';
      assert.ok(!code.includes(old), path);
    }
  });

  it('makes entities whose relations lead somewhere, with new names', () => {
    const known = readEntities().map(({ entity }) => refOf(entity));
    const made = [...components, ...resources].map(refOf);
    assert.equal(new Set([...known, ...made]).size, known.length + made.length);
    const all = new Set([...known, ...made]);
    for (const { spec } of [...components, ...resources]) {
      for (const ref of [spec.owner, ...(spec.dependsOn ?? [])]) {
        assert.ok(all.has(ref.toLowerCase()), ref);
      }
    }
  });

  it('writes YAML that parses', () => {
    for (const [path, text] of files) {
      if (!/\.ya?ml$/.test(path)) continue;
      for (const { errors } of parseAllDocuments(text)) {
        assert.deepEqual(errors, [], path);
      }
    }
  });

  it('writes checks that pass, but in the repositories that fail', () => {
    const some = generateOrganisation(60, 5);
    const folder = join(scratch, 'checks');
    for (const [path, text] of some) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    const failing = parse(some.get('expected.yaml'))
      .targets.filter(row => row.state === 'failed')
      .map(row => row.repository.split('/')[1]);
    for (const path of some.keys()) {
      if (!path.endsWith('/test.sh')) continue;
      const { status } = spawnSync('sh', ['test.sh'], {
        cwd: dirname(join(folder, path)),
        timeout: 5000,
      });
      assert.equal(status !== 0, failing.includes(path.split('/')[1]), path);
    }
  });
});

describe('datasets', () => {
  it('say what the mapping tables say', () => {
    const csv = readFileSync(
      new URL('../campaigns/mappings/sessions.csv', import.meta.url),
      'utf8',
    );
    const tables = {
      users: readYaml('campaigns/mappings/users.yaml').columns,
      sessions: csv
        .trim()
        .split('\n')
        .slice(1)
        .map(line => line.match(/("[^"]*"|[^,]*)(,|$)/g))
        .map(cells =>
          cells.map(cell => cell.replace(/,$/, '').replace(/"/g, '')),
        )
        .map(([old_column, new_column, transform, decision]) => ({
          old_column,
          new_column,
          transform,
          decision,
        })),
    };
    for (const [key, lines] of Object.entries(tables)) {
      const { columns, personDecides } = datasets[key];
      for (const [column, value] of Object.entries(columns)) {
        const line = lines.find(({ old_column }) => old_column === column);
        const expected = line ? line.transform || line.new_column : column;
        assert.equal(value(undefined), expected, column);
      }
      assert.deepEqual(
        lines.filter(line => line.decision).map(line => line.old_column),
        personDecides,
      );
    }
  });
});

describe('generate.mjs', () => {
  const script = fileURLToPath(new URL('generate.mjs', import.meta.url));
  const run = (...args) =>
    spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });

  it('writes the files into a new folder', () => {
    const out = join(scratch, 'out');
    const { status } = run('--count', '12', '--out', out, '--seed', '3');
    assert.equal(status, 0);
    assert.deepEqual(
      listFiles(out),
      [...generateOrganisation(12, 3).keys()].sort(),
    );
    const again = run('--count', '12', '--out', out);
    assert.equal(again.status, 1);
    assert.match(again.stderr, /is not empty/);
  });

  it('says what is wrong with its arguments', () => {
    assert.match(run('--count', 'ten', '--out', 'x').stderr, /--count must be/);
    assert.match(run('--count', '1').stderr, /--out must name/);
  });
});
