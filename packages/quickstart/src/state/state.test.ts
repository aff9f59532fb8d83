import { spawnSync } from 'child_process';
import fs from 'fs';
import os from 'os';
import path from 'path';
import { StartError } from '../StartError';
import { takeLock } from './lock';
import { loadSecrets } from './secrets';
import { StateFolder } from './StateFolder';

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'skein-state-'));
});

afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

describe('loadSecrets', () => {
  it('makes secrets once, for their owner alone to read', () => {
    const file = path.join(folder, 'new', 'secrets.json');

    const secrets = loadSecrets(file);

    expect(loadSecrets(file)).toEqual(secrets);
    // eslint-disable-next-line no-bitwise
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(secrets.appPrivateKey).toMatch(/^-----BEGIN RSA PRIVATE KEY-----/);
    expect(secrets.portalToken).not.toBe(secrets.webhookSecret);
  });

  it('says what to do about a file that is not whole', () => {
    const file = path.join(folder, 'secrets.json');
    fs.writeFileSync(file, '{"portalToken": "x');

    expect(() => loadSecrets(file)).toThrow(StartError);
    expect(() => loadSecrets(file)).toThrow(/--fresh/);
  });
});

describe('takeLock', () => {
  it('refuses a folder that a living process has', () => {
    const file = path.join(folder, 'running.pid');
    takeLock(file);

    expect(() => takeLock(file)).toThrow(
      new RegExp(`already runs .* \\(process ${process.pid}\\)`),
    );
  });

  it('takes over from a process that died', () => {
    const file = path.join(folder, 'running.pid');
    const dead = spawnSync(process.execPath, ['--version']).pid;
    fs.writeFileSync(file, String(dead));

    const unlock = takeLock(file);
    expect(fs.readFileSync(file, 'utf8')).toBe(String(process.pid));
    unlock();
    expect(fs.existsSync(file)).toBe(false);
  });
});

describe('StateFolder', () => {
  it('clears what a run left and nothing else', () => {
    const state = new StateFolder(folder);
    for (const it of [state.databases, state.forge, state.logs]) {
      fs.mkdirSync(it);
    }
    fs.writeFileSync(state.secretsFile, '{}');
    fs.writeFileSync(state.log('install'), 'kept');
    fs.writeFileSync(path.join(folder, 'thesis.txt'), 'kept');

    expect(state.clear()).toEqual([
      state.databases,
      state.forge,
      state.secretsFile,
    ]);
    expect(fs.readdirSync(folder).sort()).toEqual(['logs', 'thesis.txt']);
    expect(fs.readdirSync(state.logs)).toEqual(['install.log']);
  });
});
