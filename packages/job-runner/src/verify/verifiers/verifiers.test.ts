import { makefileVerifier } from './makefileVerifier';
import { skeinFileVerifier } from './skeinFileVerifier';
import { testScriptVerifier } from './testScriptVerifier';

import { folderView } from '../__testUtils__/folderView';

const view = (name: string, content: string, executable = false) =>
  folderView({
    files: { [name]: content },
    executable: executable ? [name] : [],
    programs: ['make'],
  });

describe('makefileVerifier', () => {
  it.each([
    'test:\n\ttrue\n',
    '.PHONY: test lint\nlint test: build\n\ttrue\n',
    'all: test\n\ntest ::\n\ttrue\n',
    'test: build/x.sql\n',
  ])('finds a test target in %j', content => {
    expect(makefileVerifier.detect(view('Makefile', content))).toMatchObject([
      { name: 'make test', command: ['make', 'test'], declared: false },
    ]);
  });

  it.each([
    '.PHONY: test\n',
    'test := 1\n',
    'test = 1\n',
    'testing:\n',
    '\ttest:\n',
    '# test:\n',
  ])('finds none in %j', content => {
    expect(makefileVerifier.detect(view('Makefile', content))).toEqual([]);
  });
});

describe('testScriptVerifier', () => {
  it('runs the script by its own interpreter, or by sh', () => {
    const command = (content: string, executable: boolean) =>
      testScriptVerifier.detect(view('test.sh', content, executable))[0]
        .command;
    expect(command('#!/usr/bin/env python3\n', true)).toEqual(['./test.sh']);
    expect(command('#!/bin/sh\n', false)).toEqual(['sh', 'test.sh']);
    expect(command('true\n', true)).toEqual(['sh', 'test.sh']);
  });
});

describe('skeinFileVerifier', () => {
  it('reads the checks that a repository declares', () => {
    expect(
      skeinFileVerifier.detect(
        view(
          '.skein.yaml',
          'version: 1\nverify:\n  - name: refs\n    command: [python3, check.py, "a b"]\n  - command: [make]\n',
        ),
      ),
    ).toMatchObject([
      {
        name: 'refs',
        command: ['python3', 'check.py', 'a b'],
        folder: '',
        declared: true,
      },
      { name: 'make', command: ['make'], folder: '', declared: true },
    ]);
  });

  it('finds none where none are declared', () => {
    expect(
      skeinFileVerifier.detect(view('.skein.yaml', 'version: 1\n')),
    ).toEqual([]);
  });

  it.each([
    ['verify:\n  - command: [a]\n', '`version` must be 1'],
    ['', '`version` must be 1'],
    ['version: 1\nverify: make test\n', '`verify` must be a list'],
    [
      'version: 1\nverify:\n  - command: make test\n',
      '`verify[0].command` must be a list of words',
    ],
    ['version: 1\nverify:\n  - command: [make, 7]\n', '`verify[0].command`'],
    ['version: 1\nverify:\n  - command: []\n', '`verify[0].command`'],
    ['version: 1\nverify:\n  -\n', '`verify[0].command`'],
    ['version: [1\n', '.skein.yaml cannot be used'],
    ['version: 1\na: &a [1]\nverify: *a\n', '.skein.yaml cannot be used'],
    [`version: 1\nverify: [${'{command: [a]},'.repeat(21)}]\n`, 'at most 20'],
  ])('is a failing check where it says %j', (content, problem) => {
    const checks = skeinFileVerifier.detect(view('.skein.yaml', content));
    expect(checks).toMatchObject([
      { declared: true, problem: expect.stringContaining(problem) },
    ]);
  });
});
