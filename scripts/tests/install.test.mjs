import assert from 'node:assert/strict';
import { test } from 'node:test';
import { yarnRegistrySettings } from '../lib/install.mjs';

test('Yarn is told the registry that npm uses', () => {
  assert.deepEqual(yarnRegistrySettings('https://npm.example/mirror/'), {
    YARN_NPM_REGISTRY_SERVER: 'https://npm.example/mirror',
  });
});

test('a registry without TLS is allowed by its host name alone', () => {
  assert.deepEqual(yarnRegistrySettings('http://npm.example:4873/'), {
    YARN_NPM_REGISTRY_SERVER: 'http://npm.example:4873',
    YARN_UNSAFE_HTTP_WHITELIST: 'npm.example',
  });
});

test('without npm, Yarn keeps its own settings', () => {
  assert.deepEqual(yarnRegistrySettings(undefined), {});
  assert.deepEqual(yarnRegistrySettings('undefined'), {});
});
