import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';

const command = resolve(__dirname, '../bin/local-model');

describe('local-model', () => {
  const folder = mkdtempSync(join(tmpdir(), 'skein-scripts-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const start = (...args: string[]) =>
    spawn(process.execPath, [command, ...args], {
      env: { ...process.env, LOCAL_MODEL_KEY: 'of-this-start' },
    });

  it('says where it is, takes the key of its environment alone, and ends when it is told to', async () => {
    const child = start('--scripts', folder);
    const [line] = await once(child.stdout, 'data');
    const { url } = JSON.parse(String(line));
    const ask = (key: string) =>
      fetch(`${url}/v1/messages`, {
        method: 'POST',
        headers: { 'x-api-key': key },
        body: '{}',
      });
    expect((await ask('another')).status).toBe(401);
    expect((await ask('of-this-start')).status).toBe(400);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it.each([
    ['without scripts', [], /Usage: local-model/],
    ['with a folder that is not there', ['--scripts', '/nowhere'], /ENOENT/],
  ])('does not start %s, and says why', async (_, args, problem) => {
    const child = start(...args);
    const said = text(child.stderr);
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(await said).toMatch(problem);
  });
});
