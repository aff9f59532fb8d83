// How long the portal's pages hold up the browser on 2,000 consumers: the
// longest task during each thing that a person does, in Chromium, over the real
// back end and the built front end.
//
//   node bench/portal/run.mjs [--rounds 3] [--portal http://localhost:7007]
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { provideBrowser } from '../../scripts/lib/browser.mjs';
import { rootFolder } from '../../scripts/lib/paths.mjs';
import { explorerActions } from './explorerActions.mjs';
import { LongTasks } from './LongTasks.mjs';
import { serveTargets } from './serveTargets.mjs';
import { targetActions } from './targetActions.mjs';

const actions = [...explorerActions, ...targetActions];
const CONSUMERS = 2000;
const TEAMS = 40;
/** Above it, a person notices. */
const LIMIT_MS = 100;

const require = createRequire(
  path.join(rootFolder, 'packages/quickstart/package.json'),
);
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    portal: { type: 'string' },
  },
});

const portal = values.portal
  ? { url: values.portal, stop: async () => {} }
  : await startPortal();
try {
  report(await measure(portal.url, Number(values.rounds)));
} finally {
  await portal.stop();
}

async function startPortal() {
  require('@backstage/cli-node/config/nodeTransform.cjs');
  const { LargePortal } = require('./src/testing/LargePortal.ts');
  console.log(`Storing the lineage of ${CONSUMERS} consumers …`);
  return LargePortal.start({ consumers: CONSUMERS, teams: TEAMS });
}

async function measure(baseURL, rounds) {
  const { chromium } = require('playwright-core');
  const { SKEIN_BROWSER: executablePath, ...env } = provideBrowser();
  const browser = await chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'],
  });
  const longest = new Map(actions.map(({ name }) => [name, []]));
  try {
    for (let round = 0; round < rounds; round++) {
      const page = await browser.newPage({
        baseURL,
        viewport: { width: 1440, height: 1000 },
      });
      await serveTargets(page);
      const tasks = await LongTasks.watch(browser, page);
      await page.goto('/');
      await page.getByRole('button', { name: 'Enter' }).click();
      await page
        .getByRole('link', { name: 'Campaigns', exact: true })
        .waitFor();
      for (const { name, act } of actions) {
        longest.get(name).push(await tasks.longestDuring(() => act(page)));
      }
      await page.close();
    }
  } finally {
    await browser.close();
  }
  return longest;
}

function report(longest) {
  console.log(
    `\n${CONSUMERS} consumers, ${os.cpus().length} × ${os.cpus()[0].model}, ` +
      `load ${os.loadavg()[0].toFixed(1)}\n`,
  );
  console.log('| action | longest task, median | worst | CPU at most |');
  console.log('| --- | ---: | ---: | ---: |');
  for (const [name, tasks] of longest) {
    const elapsed = tasks.map(task => task.elapsed).sort((a, b) => a - b);
    const cpu = Math.max(...tasks.map(task => task.cpu));
    const cells = [
      name,
      words(elapsed[Math.floor(elapsed.length / 2)]),
      words(elapsed.at(-1)),
      `${cpu} ms`,
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

function words(milliseconds) {
  if (milliseconds === 0) return 'under 50 ms';
  return `${milliseconds} ms${milliseconds > LIMIT_MS ? ' (!)' : ''}`;
}
