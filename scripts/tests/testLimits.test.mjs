import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import typescript from 'typescript';
import { rootFolder } from '../lib/paths.mjs';

const read = file => fs.readFileSync(path.join(rootFolder, file), 'utf8');

const files = execFileSync(
  'git',
  ['ls-files', '*.test.ts', '*.test.tsx', '*.e2e.ts', '*setupTests.ts'],
  { cwd: rootFolder, encoding: 'utf8' },
)
  .trim()
  .split('\n')
  .filter(file => fs.existsSync(path.join(rootFolder, file)));

const TEST = /^(it|test)\b/;
const HOOK = /^(beforeAll|beforeEach|afterAll|afterEach)$/;

/** @returns the lines with a time limit for a test, a hook or a file */
function limitsIn(file, text) {
  const source = typescript.createSourceFile(
    file,
    text,
    typescript.ScriptTarget.Latest,
    true,
  );
  const found = [];
  const visit = node => {
    if (typescript.isCallExpression(node)) {
      const callee = node.expression.getText(source);
      const most = TEST.test(callee) ? 2 : HOOK.test(callee) ? 1 : Infinity;
      if (callee === 'jest.setTimeout' || node.arguments.length > most) {
        const at = source.getLineAndCharacterOfPosition(node.getStart(source));
        found.push(`${file}:${at.line + 1}`);
      }
    }
    typescript.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

test('no test has a time limit of its own: the one in package.json is for all', () => {
  assert.ok(JSON.parse(read('package.json')).jest.testTimeout >= 600_000);
  assert.ok(files.length > 100);
  assert.deepEqual(
    files.flatMap(file => limitsIn(file, read(file))),
    [],
  );
});

test('a limit is found, however it is set', () => {
  for (const limited of [
    'jest.setTimeout(5);',
    'it("a", () => {}, 5);',
    'it.each([1])("a %s", () => {}, MINUTE);',
    'beforeAll(async () => {}, 2 * MINUTE);',
  ]) {
    assert.equal(limitsIn('a.test.ts', limited).length, 1, limited);
  }
  assert.deepEqual(limitsIn('a.test.ts', 'it("a", () => f(1, 2, 3));'), []);
});
