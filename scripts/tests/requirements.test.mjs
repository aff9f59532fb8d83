import assert from 'node:assert/strict';
import net from 'node:net';
import { test } from 'node:test';
import {
  diskSpaceProblem,
  portsFromEnvironment,
  requirePorts,
} from '../lib/requirements.mjs';

test('ports have defaults and can be set', () => {
  assert.deepEqual(portsFromEnvironment({}), { portal: 7007, forge: 7071 });
  assert.deepEqual(
    portsFromEnvironment({ SKEIN_PORT: '8001', SKEIN_FORGE_PORT: '8002' }),
    { portal: 8001, forge: 8002 },
  );
});

test('what is no port number is refused by the name of its variable', () => {
  for (const port of ['0', '65536', '-1', '80a', '8e3', ' ']) {
    assert.throws(() => portsFromEnvironment({ SKEIN_PORT: port }), {
      name: 'UserError',
      message: /^SKEIN_PORT is not a port number/,
    });
  }
  assert.throws(
    () => portsFromEnvironment({ SKEIN_PORT: '7071' }),
    /cannot share port 7071/,
  );
});

test('a taken port is told in one line that says what to change', async t => {
  const server = net.createServer();
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address();
  const error = await requirePorts({ portal: port, forge: 1 }, 0).catch(
    it => it,
  );
  assert.equal(error.name, 'UserError');
  assert.match(error.message, new RegExp(`Port ${port} .* SKEIN_PORT=<port>`));
  assert.equal(error.message.split('\n').length, 1);
});

test('too little disk space is told with what is needed', () => {
  assert.equal(
    diskSpaceProblem('/x', 1.2e9, { install: true }),
    'Not enough disk space at /x: 1.2 GB are free, 4.0 GB are needed.',
  );
  assert.equal(diskSpaceProblem('/x', 1.2e9, { install: false }), undefined);
  assert.match(diskSpaceProblem('/x', 1e6, { install: false }), /0\.3 GB/);
});
