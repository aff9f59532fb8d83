import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { provideBrowser } from './browser.mjs';
import { install } from './install.mjs';
import { cacheFolder, rootFolder } from './paths.mjs';
import { ensureRuntime } from './runtime.mjs';
import { withProgress } from './terminal.mjs';
import { UserError } from './UserError.mjs';

const WIDTH = 1440;
const HEIGHT = 900;
const CAMPAIGN = 'retire-users-v1';
/** Ports that a running `npm start` does not use. */
const PORTAL = 7207;
const FORGE = 7271;
const REST_TIMEOUT_MS = 15 * 60_000;
const READY_TIMEOUT_MS = 2 * 60_000;

/** What is taken, each with the way to it, what is pressed there, what must then be there, and what is looked at. */
const shots = [
  {
    file: 'campaign.png',
    path: `/campaigns/${CAMPAIGN}`,
    ready: page => page.getByText('Waves').first(),
    height: 980,
  },
  {
    file: 'targets.png',
    path: `/campaigns/${CAMPAIGN}/targets`,
    ready: page => page.getByText('meridian/subscriptions-dbt'),
  },
  {
    file: 'target.png',
    path: `/campaigns/${CAMPAIGN}/targets`,
    press: [['link', 'meridian/fraud-signals']],
    ready: page =>
      page.getByRole('table').filter({ hasText: 'users_v2' }).first(),
    height: 1290,
  },
  {
    file: 'agent.png',
    path: '/campaigns/retire-shows-v1/targets',
    press: [['link', 'meridian/show-listening-hours']],
    ready: page => page.getByText('Judge · vetoes'),
    look: page => page.getByText('Review', { exact: true }),
    height: 1240,
  },
  {
    file: 'evaluation.png',
    path: '/campaigns/retire-shows-v1/context',
    press: [
      ['button', 'Evaluate'],
      ['button', /^Try \d+ targets/],
    ],
    ready: page => page.getByText('Finished', { exact: true }),
    height: 1130,
  },
  {
    file: 'lineage.png',
    path: '/catalog/default/resource/user_data.users_v1/lineage',
    ready: page => page.getByRole('table', { name: 'Lineage' }),
  },
];

export async function takeScreenshots() {
  const env = await ensureRuntime({
    script: path.join(rootFolder, 'scripts', 'screenshots.mjs'),
    logsFolder: cacheFolder(),
  });
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'skein-screenshots-'));
  await install({ env, logsFolder: home });
  const browserEnv = provideBrowser();
  const example = startExample(home, env);
  try {
    await withProgress('Running the example', () => example.atRest);
    await photograph(browserEnv);
  } finally {
    example.child.kill('SIGTERM');
    await example.ended;
    fs.rmSync(home, { recursive: true, force: true });
  }
  return 0;
}

function startExample(home, env) {
  const child = spawn(process.execPath, ['scripts/start.mjs', '--fresh'], {
    cwd: rootFolder,
    env: {
      ...env,
      SKEIN_HOME: home,
      SKEIN_PORT: String(PORTAL),
      SKEIN_FORGE_PORT: String(FORGE),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise(resolve => child.once('close', resolve));
  let output = '';
  const atRest = new Promise((resolve, reject) => {
    const fail = why => reject(new UserError(`${why}\n${output.slice(-2000)}`));
    setTimeout(
      () => fail('The example did not rest.'),
      REST_TIMEOUT_MS,
    ).unref();
    child.stdout.on('data', chunk => {
      output += chunk;
      if (output.includes('have come to rest')) resolve();
    });
    child.once('close', () => fail('The example ended.'));
  });
  return { child, ended, atRest };
}

async function photograph({ SKEIN_BROWSER: executablePath, ...env }) {
  const require = createRequire(
    path.join(rootFolder, 'packages/quickstart/package.json'),
  );
  const { chromium } = require('playwright-core');
  const browser = await chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'],
  });
  try {
    const page = await browser.newPage({
      baseURL: `http://localhost:${PORTAL}`,
      viewport: { width: WIDTH, height: HEIGHT },
    });
    await page.goto('/');
    await page.getByRole('button', { name: 'Enter' }).click();
    await page.getByRole('link', { name: 'Campaigns', exact: true }).waitFor();
    const folder = path.join(rootFolder, 'docs', 'images');
    fs.mkdirSync(folder, { recursive: true });
    for (const shot of shots) await take(page, shot, folder);
  } finally {
    await browser.close();
  }
}

/** In the browser: to the top, with what is around a heading. */
function scrollTo(element) {
  element.style.scrollMarginTop = '40px';
  element.scrollIntoView();
}

async function take(page, shot, folder) {
  const { file, path: address, press = [], ready, look } = shot;
  const { height = HEIGHT } = shot;
  await page.setViewportSize({ width: WIDTH, height });
  await page.goto(address);
  for (const [role, name] of press) {
    await page.getByRole(role, { name }).first().click();
  }
  await ready(page).waitFor({ timeout: READY_TIMEOUT_MS });
  // Pictures, fonts and the last requests; what moves stands still.
  await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => {});
  if (look) await look(page).evaluate(scrollTo);
  await page.screenshot({
    path: path.join(folder, file),
    animations: 'disabled',
  });
  process.stdout.write(`docs/images/${file}\n`);
}
