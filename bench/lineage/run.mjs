// Lineage at the size of a company: ingest, direct and transitive consumers, on
// Postgres and SQLite, and the same questions of an in-memory graph.
//
//   node bench/lineage/run.mjs [--datasets 100000] [--edges 1000000] [--postgres URL] [--only sqlite]
//
// Without a URL it starts a Postgres of its own. Prints a table in Markdown.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '../../scripts/lib/postgres.mjs';
import { factsOf, makeGraph } from './makeGraph.mjs';
import { measure } from './measure.mjs';
import { MemoryGraph } from './MemoryGraph.mjs';

const require = createRequire(
  new URL('../../plugins/campaigns-backend/package.json', import.meta.url),
);
// The back end's own sources, as `backstage-cli package start` runs them.
require('@backstage/cli/config/nodeTransform.cjs');
const { findConsumers, LineageStore } = require('./src/lineage');
const { migrate } = require('./src/database/migrate');
const createKnex = require('knex');

const { values: options } = parseArgs({
  options: {
    datasets: { type: 'string', default: '100000' },
    edges: { type: 'string', default: '1000000' },
    'hub-readers': { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    repeat: { type: 'string', default: '25' },
    postgres: { type: 'string' },
    only: { type: 'string' },
  },
});
const repeat = Number(options.repeat);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'skein-bench-lineage-'));
const closing = [() => fs.rmSync(folder, { recursive: true, force: true })];

try {
  await run();
} finally {
  for (const close of closing.reverse()) await close();
}

async function run() {
  const graph = makeGraph({
    datasets: Number(options.datasets),
    edges: Number(options.edges),
    hubReaders: Number(options['hub-readers']),
    seed: Number(options.seed),
  });
  const memory = new MemoryGraph(graph);
  const questions = chooseQuestions(graph, memory);
  console.log(
    `${graph.datasets.length} datasets, ${graph.jobs.length} jobs, ${
      graph.edges
    } edges; Node ${process.versions.node}, ${os.cpus().length} cores, load ${os
      .loadavg()[0]
      .toFixed(1)}\n`,
  );
  const answers = questions.map(question => ({
    question,
    memory: memoryTime(memory, question),
  }));
  for (const database of databases()) {
    const knex = await database.open();
    try {
      await ask(database.title, knex, graph, answers);
    } finally {
      await knex.destroy();
    }
  }
}

/** Of a usual dataset, of the hub, and of one with about 5,000 consumers in all. */
function chooseQuestions({ reads, hub, datasets }, memory) {
  const counts = datasets.map(() => 0);
  for (const read of reads) for (const dataset of read) counts[dataset] += 1;
  const usual = counts.findIndex(count => count === 10);
  let best = { distance: Infinity };
  for (let i = 1; i < datasets.length && best.distance > 250; i += 997) {
    for (let depth = 2; depth <= 8; depth += 1) {
      const { length } = memory.findConsumers(i, depth);
      if (length >= 5000 && length - 5000 < best.distance) {
        best = { dataset: i, depth, distance: length - 5000 };
      }
      if (length >= 5000) break;
    }
  }
  return [
    { title: 'direct consumers', dataset: usual, depth: 1 },
    { title: 'direct consumers of a hub', dataset: hub, depth: 1 },
    {
      title: `transitive consumers, ${best.depth} jobs deep, each with a path`,
      ...best,
    },
  ];
}

function memoryTime(memory, { dataset, depth }) {
  let count = 0;
  const times = [];
  for (let i = 0; i < repeat + 3; i += 1) {
    const start = performance.now();
    count = memory.findConsumers(dataset, depth).length;
    if (i >= 3) times.push(performance.now() - start);
  }
  return { count, best: Math.min(...times) };
}

function* databases() {
  if (options.only !== 'postgres') {
    yield {
      title: 'SQLite',
      open: async () => {
        const knex = createKnex({
          client: 'better-sqlite3',
          connection: path.join(folder, 'lineage.sqlite'),
          useNullAsDefault: true,
        });
        // As the back end opens its files.
        await knex.raw('PRAGMA journal_mode = WAL');
        return knex;
      },
    };
  }
  if (options.only !== 'sqlite') {
    yield { title: 'Postgres', open: openPostgres };
  }
}

async function openPostgres() {
  let { postgres: url } = options;
  if (!url) {
    const server = await startPostgres();
    closing.push(() => server.stop());
    url = server.url;
  }
  const name = `bench_lineage_${process.pid}`;
  const admin = createKnex({ client: 'pg', connection: url });
  await admin.raw('create database ??', [name]);
  closing.push(async () => {
    await admin.raw('drop database ??', [name]);
    await admin.destroy();
  });
  const connection = new URL(url);
  connection.pathname = `/${name}`;
  return createKnex({ client: 'pg', connection: connection.href });
}

async function ask(title, knex, graph, answers) {
  await migrate(knex);
  const logger = {
    warn: console.warn,
    info() {},
    debug() {},
    error: console.error,
  };
  const store = LineageStore.create({ knex, logger });
  const rows = [];
  for (const what of ['ingest', 'the same read again, nothing new']) {
    const { milliseconds, processor } = await measure(async () => {
      const result = await store.replaceProviderFacts('bench', factsOf(graph));
      if (result.edges !== graph.edges) {
        throw new Error(`${result.edges} edges instead of ${graph.edges}`);
      }
    });
    rows.push([
      what,
      `${graph.edges} edges`,
      `${(milliseconds / 1000).toFixed(1)} s`,
      '',
      `${(processor / 1000).toFixed(1)} s`,
      '',
      '',
    ]);
  }
  for (const { question, memory } of answers) {
    const { dataset, depth } = question;
    const times = [];
    let processor = 0;
    for (let i = 0; i < repeat + 3; i += 1) {
      const took = await measure(async () => {
        const found = await findConsumers(knex, {
          dataset: graph.datasets[dataset],
          depth,
        });
        if (found.consumers.length !== memory.count) {
          throw new Error(
            `${found.consumers.length} consumers instead of ${memory.count}`,
          );
        }
      });
      if (i < 3) continue;
      times.push(took.milliseconds);
      processor += took.processor;
    }
    times.sort((a, b) => a - b);
    rows.push([
      question.title,
      `${memory.count} consumers`,
      `${times[0].toFixed(1)} ms`,
      `${times[Math.floor(times.length / 2)].toFixed(1)} ms`,
      `${(processor / times.length).toFixed(1)} ms`,
      `${memory.best.toFixed(2)} ms`,
      `${Math.round(times[0] / memory.best)}`,
    ]);
  }
  console.log(`## ${title} (load ${os.loadavg()[0].toFixed(1)})\n`);
  console.log(
    '| question | size | best | median | processor (Node) | in memory, best | ratio |',
  );
  console.log('| --- | --- | ---: | ---: | ---: | ---: | ---: |');
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
  console.log('');
}
