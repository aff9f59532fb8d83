// OpenLineage events over HTTP into the example portal's back end on Postgres.
//
//   node bench/lineage/openlineage.mjs [--rate 200] [--seconds 60] [--columns 30] [--clients 16]
//
// Three rounds: every event of a job that was never seen, so that all of it is
// written; the events of the same jobs again; and as many as some clients can send,
// each waiting for its answer. Load comes from this process, on the same machine,
// and Postgres does not wait for its disk (fsync is off).
// Prints a table in Markdown.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startPostgres } from '../../scripts/lib/postgres.mjs';
import { makeEvent } from './makeEvent.mjs';

const { values: options } = parseArgs({
  options: {
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
    columns: { type: 'string', default: '30' },
    clients: { type: 'string', default: '16' },
  },
});
const rate = Number(options.rate);
const seconds = Number(options.seconds);
const columns = Number(options.columns);
const root = fileURLToPath(new URL('../..', import.meta.url));
const key = 'a-key-for-the-benchmark';
// Idle connections end before the back end ends them.
const agent = new http.Agent({
  keepAlive: true,
  maxSockets: 64,
  timeout: 4000,
});
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'skein-bench-events-'));
const closing = [() => fs.rmSync(folder, { recursive: true, force: true })];

try {
  await run();
} finally {
  for (const close of closing.reverse()) await close();
  agent.destroy();
}

async function run() {
  const backend = await startBackend();
  const size = JSON.stringify(
    makeEvent({ job: 1, eventType: 'START', columns }),
  ).length;
  console.log(
    `Events of ${(size / 1024).toFixed(1)} KiB with ${columns} columns; Node ${
      process.versions.node
    }, ${os.cpus().length} cores, load ${os.loadavg()[0].toFixed(1)}\n`,
  );
  console.log(
    '| round | sent | events/s | refused | median | 95 % | 99 % | processor per event: back end | Postgres |',
  );
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
  const count = rate * seconds;
  const eventOf = number =>
    makeEvent({ job: number, eventType: 'COMPLETE', columns });
  await report('new jobs', backend, () =>
    atRate(count, number => backend.send(eventOf(number))),
  );
  await report('the same again', backend, () =>
    atRate(count, number => backend.send(eventOf(number))),
  );
  const senders = Number(options.clients);
  if (senders > 0) {
    await report(`new jobs, ${senders} clients`, backend, () =>
      clients(senders, number => backend.send(eventOf(count + number))),
    );
  }
  const received = await backend.settledCount();
  console.log(`\nCounted in the portal: ${received} events`);
}

/** Sends whether or not answers have come: a back end that cannot follow is seen by its delays. */
async function atRate(count, send) {
  const start = performance.now();
  const sent = [];
  for (let number = 0; number < count; number += 1) {
    const due = start + (number * 1000) / rate;
    const wait = due - performance.now();
    if (wait > 1) await new Promise(resolve => setTimeout(resolve, wait));
    sent.push(send(number));
  }
  return Promise.all(sent);
}

async function clients(number, send) {
  const end = performance.now() + (seconds * 1000) / 2;
  let next = 0;
  const all = [];
  await Promise.all(
    Array.from({ length: number }, async () => {
      while (performance.now() < end) all.push(await send(next++));
    }),
  );
  return all;
}

async function report(title, backend, work) {
  const before = backend.processorSeconds();
  const start = performance.now();
  const answers = await work();
  const took = (performance.now() - start) / 1000;
  const after = backend.processorSeconds();
  const times = answers.map(each => each.milliseconds).sort((a, b) => a - b);
  const at = share =>
    `${times[Math.floor(times.length * share)].toFixed(0)} ms`;
  const perEvent = of =>
    `${(((after[of] - before[of]) * 1000) / answers.length).toFixed(2)} ms`;
  const cells = [
    title,
    answers.length,
    (answers.length / took).toFixed(0),
    answers.filter(each => each.status !== 201).length,
    at(0.5),
    at(0.95),
    at(0.99),
    perEvent('backend'),
    perEvent('postgres'),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

async function startBackend() {
  const postgres = await startPostgres();
  closing.push(() => postgres.stop());
  const {
    hostname,
    port: databasePort,
    username,
    password,
  } = new URL(postgres.url);
  const port = await freePort();
  const config = path.join(folder, 'app-config.bench.yaml');
  const token = 'a-token-for-the-benchmark';
  fs.writeFileSync(
    config,
    JSON.stringify({
      backend: {
        database: {
          client: 'pg',
          connection: {
            host: hostname,
            port: Number(databasePort),
            user: username,
            password: decodeURIComponent(password),
          },
        },
        auth: {
          externalAccess: [
            { type: 'static', options: { token, subject: 'bench' } },
          ],
        },
      },
      campaigns: { openlineage: { apiKeys: [{ name: 'bench', key }] } },
    }),
  );
  const require = createRequire(
    path.join(root, 'packages/backend/package.json'),
  );
  const log = fs.openSync(path.join(folder, 'backend.log'), 'w');
  const child = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      'src/index.ts',
      '--config',
      path.join(root, 'app-config.yaml'),
      '--config',
      config,
    ],
    {
      cwd: path.join(root, 'packages/backend'),
      env: {
        ...process.env,
        NODE_ENV: 'development',
        SKEIN_HOME: folder,
        SKEIN_PORT: String(port),
        SKEIN_BACKEND_URL: `http://127.0.0.1:${port}`,
        LOG_LEVEL: 'warn',
      },
      stdio: ['ignore', log, log],
    },
  );
  closing.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise(resolve => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  });
  const base = `http://127.0.0.1:${port}/api/campaigns`;
  const backend = {
    send: event => post(`${base}/openlineage/api/v1/lineage`, event),
    async status() {
      const response = await fetch(`${base}/lineage/providers`, {
        headers: { Authorization: `Bearer ${token}` },
      });
      const { items } = await response.json();
      return items.find(each => each.id === 'openlineage');
    },
    /** How many events came, once it does not change any more. */
    async settledCount() {
      for (let before = -1; ; ) {
        const { events } = await this.status();
        if (events.received === before) return before;
        before = events.received;
        await new Promise(resolve => setTimeout(resolve, 3000));
      }
    },
    processorSeconds() {
      return {
        backend: secondsOf(child.pid),
        postgres: processesOf(databasePort).reduce(
          (sum, pid) => sum + secondsOf(pid),
          0,
        ),
      };
    },
  };
  for (let attempt = 0; ; attempt += 1) {
    if (child.exitCode !== null || attempt === 600) {
      throw new Error(
        `The back end did not start:\n${fs
          .readFileSync(path.join(folder, 'backend.log'), 'utf8')
          .slice(-3000)}`,
      );
    }
    const status = await backend.status().catch(() => undefined);
    if (status) return backend;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}

/** Processor time of a process, and of those below it that have ended. */
function secondsOf(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const ticks = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 15);
    return ticks.reduce((sum, each) => sum + Number(each), 0) / 100;
  } catch {
    return 0;
  }
}

/** The server on a port, and its workers. */
function processesOf(port) {
  const all = fs.readdirSync('/proc').filter(name => /^\d+$/.test(name));
  const read = (pid, file) => {
    try {
      return fs.readFileSync(`/proc/${pid}/${file}`, 'utf8');
    } catch {
      return '';
    }
  };
  const server = all.find(pid =>
    read(pid, 'cmdline').includes(`\0-p\0${port}\0`),
  );
  return all.filter(
    pid =>
      pid === server ||
      read(pid, 'stat').includes(`) S ${server} `) ||
      read(pid, 'stat').includes(`) R ${server} `),
  );
}

function post(url, event) {
  const body = JSON.stringify(event);
  const start = performance.now();
  return new Promise(resolve => {
    const request = http.request(
      url,
      {
        method: 'POST',
        agent,
        headers: {
          Authorization: `Bearer ${key}`,
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(body),
        },
      },
      response => {
        response.resume();
        response.on('end', () =>
          resolve({
            status: response.statusCode,
            milliseconds: performance.now() - start,
          }),
        );
      },
    );
    request.on('error', () =>
      resolve({ status: 0, milliseconds: performance.now() - start }),
    );
    request.end(body);
  });
}

async function freePort() {
  const server = net.createServer();
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise(resolve => server.close(resolve));
  return port;
}
