import { spawn } from 'child_process';
import { once } from 'events';
import fs from 'fs';
import os from 'os';
import path from 'path';
import { waitUntil } from '../waitUntil';
import { answers } from './answers';
import { Service } from './Service';

let folder: string;
const services: Service[] = [];

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'skein-service-'));
});

afterEach(() => {
  services.splice(0).forEach(it => it.kill());
  fs.rmSync(folder, { recursive: true });
});

function start(program: string): Service {
  const service = Service.start({
    title: 'The test service',
    args: ['--eval', program],
    cwd: folder,
    env: process.env,
    logFile: path.join(folder, 'logs', 'service.log'),
  });
  services.push(service);
  return service;
}

async function read(name: string): Promise<string> {
  const file = path.join(folder, name);
  return waitUntil(
    async () => fs.existsSync(file) && fs.readFileSync(file, 'utf8'),
    {
      otherwise: `There was no ${name}`,
      timeoutSeconds: 300,
      intervalMs: 20,
      signal: new AbortController().signal,
    },
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function gone(pid: number): Promise<void> {
  await waitUntil(async () => !isAlive(pid), {
    otherwise: 'The process did not end',
    timeoutSeconds: 300,
    intervalMs: 20,
    signal: new AbortController().signal,
  });
}

const server = `require('http').createServer((_, response) => response.end())
  .listen(0, '127.0.0.1', function () {
    require('fs').writeFileSync('port.tmp', String(this.address().port));
    require('fs').renameSync('port.tmp', 'port');
  });`;

describe('Service', () => {
  it('is ready when its address answers, and ends when asked', async () => {
    const service = start(server);
    const port = await read('port');

    await service.ready(
      () => answers(`http://127.0.0.1:${port}/`),
      20,
      new AbortController().signal,
    );
    await service.stop(20);

    expect(await service.exited).toBe('ended by SIGTERM');
    expect(service.running).toBe(false);
  });

  it('shows the end of its log when it ends instead of starting', async () => {
    const service = start(
      `console.error('the database is locked'); process.exit(3);`,
    );

    await expect(
      service.ready(async () => false, 20, new AbortController().signal),
    ).rejects.toThrow(
      /The test service did not start \(exit code 3\)[^]*service\.log[^]*the database is locked/,
    );
  });

  it('is ended by force, with all it started, when it does not listen', async () => {
    const service = start(`
      process.on('SIGTERM', () => {});
      const child = require('child_process').spawn(process.execPath, ['--eval',
        'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); console.log("up")']);
      child.stdout.once('data', () => {
        require('fs').writeFileSync('child.tmp', String(child.pid));
        require('fs').renameSync('child.tmp', 'child');
      });`);
    const child = Number(await read('child'));

    await service.stop(0.05);

    expect(await service.exited).toBe('ended by SIGKILL');
    await gone(child);
  });

  it('ends when the quickstart that started it is gone without a word', async () => {
    const service = path.join(__dirname, 'followParent.cjs');
    const program = `
      const child = require('child_process').spawn(process.execPath,
        ['--require', ${JSON.stringify(
          service,
        )}, '--eval', 'setInterval(() => {}, 1000); require("fs").writeFileSync("up", "")'],
        { detached: true });
      require('fs').writeFileSync('pid.tmp', String(child.pid));
      require('fs').renameSync('pid.tmp', 'pid');
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['--eval', program], {
      cwd: folder,
    });
    const pid = Number(await read('pid'));
    await waitUntil(async () => fs.existsSync(path.join(folder, 'up')), {
      otherwise: 'The service did not come up',
      timeoutSeconds: 300,
      signal: new AbortController().signal,
    });

    parent.kill('SIGKILL');
    await once(parent, 'exit');

    await gone(pid);
    expect(isAlive(pid)).toBe(false);
  });
});
