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
import { init, parse as parseSql } from '@polyglot-sql/sdk';
import { parse, parseAllDocuments } from 'yaml';
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
const repositories = readdirSync(join(root, 'repositories')).sort();
const filesOf = name => listFiles(join(root, 'repositories', name));
const truth = readYaml('expected.yaml').targets;

const scratch = mkdtempSync(join(tmpdir(), 'examples-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

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

/** Jinja out of the way, well enough for SQL to parse. */
function withoutJinja(text) {
  return text
    .replace(/\{#[^]*?#\}/g, '')
    .replace(/\{\{-?\s*config\([^]*?\)\s*-?\}\}/g, '')
    .replace(/\{%[^]*?%\}/g, '')
    .replace(/\{\{[^]*?\}\}/g, match =>
      /days|upper/.test(match) ? '7' : 'jinja',
    );
}

function queriesOf(path) {
  const text = readFileSync(path, 'utf8');
  if (path.endsWith('.sql')) {
    return text.includes('{% macro') ? [] : [withoutJinja(text)];
  }
  const job = parse(text);
  if (job?.kind !== 'bigquery-runner/v1') return [];
  return [job.query, ...(job.steps ?? []).map(step => step.query)].filter(
    query => /\bselect\b/i.test(query ?? ''),
  );
}

describe('SQL', () => {
  for (const folder of ['repositories', 'expected']) {
    it(`parses as BigQuery SQL in ${folder}`, async () => {
      await init?.();
      const files = listFiles(join(root, folder)).filter(file =>
        /\.(sql|yaml)$/.test(file),
      );
      let queries = 0;
      for (const file of files) {
        for (const query of queriesOf(join(root, folder, file))) {
          const { success, error } = parseSql(query, 'bigquery');
          assert.ok(success, `${file}: ${error}`);
          queries += 1;
        }
      }
      assert.ok(queries > 20);
    });
  }
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
    .filter(row => row.trap === 'baseline-fails')
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
