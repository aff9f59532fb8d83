import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import {
  ATTACKS_FILE,
  patternOf,
  readAttacks,
  selectAttacks,
} from '../lib/attacks/attackList.mjs';
import { attackUsers } from '../lib/attacks/attackUsers.mjs';
import {
  concludeAttack,
  readJestOutcomes,
  readTapOutcomes,
  renderAttack,
} from '../lib/attacks/outcomes.mjs';
import { runAttacks } from '../lib/attacks/runAttacks.mjs';
import { rootFolder } from '../lib/paths.mjs';

/** No attack here needs one, and for an ordinary user it would be copied. */
const { SKEIN_BROWSER: _, ...withoutBrowser } = process.env;

const read = file => fs.readFileSync(path.join(rootFolder, file), 'utf8');

test('yarn test:attacks tries each row of the threats, as root and as an ordinary user', async () => {
  const { scripts } = JSON.parse(read('package.json'));
  assert.equal(scripts['test:attacks'], 'node scripts/testAttacks.mjs');
  const attacks = readAttacks(read(ATTACKS_FILE));
  assert.ok(attacks.length > 90, `${attacks.length} attacks`);
  for (const { attack, tests } of attacks) {
    assert.ok(tests.length > 0, `${attack}: no test`);
    for (const { file } of tests) {
      assert.ok(fs.existsSync(path.join(rootFolder, file)), file);
    }
  }

  const [agedPackage] = selectAttacks(attacks, ['published today']);
  const users = attackUsers(withoutBrowser);
  try {
    assert.deepEqual(
      users.map(({ title }) => /^(?:root|an ordinary user)/.exec(title)?.[0]),
      ['root', 'an ordinary user'],
    );
    for (const user of users) {
      const stream = new PassThrough({ encoding: 'utf8' });
      const counts = await runAttacks([agedPackage], user, stream);
      const printed = stream.read();
      if (user.missing) {
        assert.match(printed, /^not tried: \S/m);
        assert.equal(counts['not tried'], 1);
      } else {
        assert.match(printed, /^stopped +A version of a package that was/m);
        assert.equal(counts.stopped, 1, printed);
      }
    }
  } finally {
    users.forEach(user => user.remove());
  }
});

test('an ordinary user is none of the machine, and sees the checkout', t => {
  if (process.getuid() !== 0) {
    t.skip('only root can start something as another user');
    return;
  }
  const [root, ordinary] = attackUsers(withoutBrowser);
  t.after(() => [root, ordinary].forEach(user => user.remove()));
  assert.equal(ordinary.missing, undefined);
  const look = `
    const fs = require('fs');
    const status = fs.readFileSync('/proc/self/status', 'utf8');
    let written = 'refused';
    try { fs.writeFileSync('package.json.new', ''); written = 'done'; } catch {}
    fs.writeFileSync(process.env.TMPDIR + '/seen.json', JSON.stringify({
      name: JSON.parse(fs.readFileSync('package.json', 'utf8')).name,
      uid: process.getuid(),
      groups: process.getgroups().length,
      effective: /^CapEff:\\s*(\\w+)/m.exec(status)[1],
      written,
    }));`;
  const [program, args] = ordinary.command('.', [process.execPath, '-e', look]);
  spawnSync(program, args, {
    cwd: '/',
    env: ordinary.env,
    stdio: 'inherit',
  });
  const seen = JSON.parse(
    fs.readFileSync(path.join(ordinary.folder, 'seen.json'), 'utf8'),
  );
  assert.deepEqual(
    { ...seen, uid: seen.uid > 0 },
    {
      name: 'skein',
      uid: true,
      groups: 1,
      effective: '0000000000000000',
      written: 'refused',
    },
  );
});

test('attacks are chosen by words of their row, and none is an error', () => {
  const attacks = [
    { attack: 'A fork', tests: [{ name: 'ends it', file: 'a.test.ts' }] },
    { attack: 'A file', tests: [{ name: 'gets none', file: 'b.test.ts' }] },
  ];
  assert.deepEqual(selectAttacks(attacks, []), attacks);
  assert.deepEqual(selectAttacks(attacks, ['FORK', 'ends']), [attacks[0]]);
  assert.throws(() => selectAttacks(attacks, ['fork', 'b.test']), {
    message: /No attack .* has all of these words: fork, b\.test/,
  });
});

test('a name stands for the tests that are run under it, and for no other', () => {
  const stands = (name, title) =>
    new RegExp(`^${patternOf(name)}$`).test(title);
  assert.ok(stands('ends by %s', 'ends by its time'));
  assert.ok(
    stands('holds for $route as a reader', 'holds for get /x as a reader'),
  );
  assert.ok(
    stands('by a bound (%s, %j), and stops', 'by a bound (a, {}), and stops'),
  );
  assert.ok(!stands('ends it', 'ends it all'));
  assert.ok(!stands('a.b', 'axb'));
});

test('an attack is stopped where all of its tests ran and passed', () => {
  const attack = {
    tests: [
      { name: 'ends %s', file: 'a.test.ts' },
      { name: 'refuses', file: 'b.test.ts' },
    ],
  };
  const passed = {
    file: 'a.test.ts',
    names: ['ends it', 'jobs'],
    state: 'passed',
  };
  const other = { ...passed, names: ['ends that', 'jobs'] };
  const inGroup = {
    file: 'b.test.ts',
    names: ['a key', 'refuses'],
    state: 'passed',
  };
  const conclude = outcomes => concludeAttack(attack, outcomes).state;
  assert.equal(conclude([passed, other, inGroup]), 'stopped');
  assert.equal(
    conclude([passed, { ...other, state: 'skipped' }, inGroup]),
    'stopped',
  );
  assert.equal(
    conclude([passed, { ...other, state: 'failed' }, inGroup]),
    'FAILED',
  );
  assert.equal(conclude([passed]), 'not tried');
  assert.equal(
    conclude([{ ...passed, file: 'b.test.ts' }, inGroup]),
    'not tried',
  );
  assert.equal(
    conclude([passed, { ...inGroup, state: 'skipped' }]),
    'not tried',
  );
  assert.equal(
    conclude([passed, { file: 'b.test.ts', names: [], state: 'failed' }]),
    'FAILED',
  );
  assert.equal(concludeAttack({ tests: [] }, []).state, 'not tried');
  assert.match(
    renderAttack('A fork', concludeAttack(attack, [passed])),
    /^not tried {2}A fork\n +refuses \(b\.test\.ts\) did not run$/,
  );
});

test('what runners wrote is read: passed, failed, skipped, and files that cannot be loaded', t => {
  const tap = [
    'ok 1 - a',
    'not ok 2 - b \\# c',
    'ok 3 - d # SKIP why',
    '    ok 1 - within',
  ].join('\n');
  assert.deepEqual(
    readTapOutcomes(tap, 'x').map(({ names, state }) => [names[0], state]),
    [
      ['a', 'passed'],
      ['b # c', 'failed'],
      ['d', 'skipped'],
      ['within', 'passed'],
    ],
  );
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'skein-outcomes-'));
  t.after(() => fs.rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'jest.json');
  assert.deepEqual(readJestOutcomes(file, '/x'), []);
  const assertion = (title, status) => ({
    title,
    status,
    ancestorTitles: ['group'],
    failureMessages: status === 'failed' ? ['why'] : [],
  });
  fs.writeFileSync(
    file,
    JSON.stringify({
      testResults: [
        {
          name: '/x/a.test.ts',
          message: '',
          assertionResults: [
            assertion('a', 'passed'),
            assertion('b', 'failed'),
            assertion('c', 'pending'),
          ],
        },
        {
          name: '/x/b.test.ts',
          message: 'cannot be loaded',
          assertionResults: [],
        },
      ],
    }),
  );
  assert.deepEqual(
    readJestOutcomes(file, '/x').map(it => [
      it.file,
      it.names,
      it.state,
      it.message,
    ]),
    [
      ['a.test.ts', ['a', 'group'], 'passed', ''],
      ['a.test.ts', ['b', 'group'], 'failed', 'why'],
      ['a.test.ts', ['c', 'group'], 'skipped', ''],
      ['b.test.ts', [], 'failed', 'cannot be loaded'],
    ],
  );
});
