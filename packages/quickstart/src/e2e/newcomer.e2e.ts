import fs from 'fs';
import path from 'path';
import { Browser, Page } from 'playwright-core';
import { exampleCampaigns } from '../campaigns/exampleCampaigns';
import { readExpectations } from '../example/expectations';
import { lastLines } from '../processes/lastLines';
import { browserPath, launchBrowser } from '../testing/browser';
import { aPlace, isFree, Place, StartScript } from '../testing/StartScript';
import { ContextKeeper } from './ContextKeeper';
import { PlatformEngineer } from './PlatformEngineer';
import { PATIENCE } from './patience';

const examples = path.resolve(__dirname, '../../../../examples');
const [users, sessions, shows] = exampleCampaigns;

let place: Place;
let script: StartScript | undefined;
let page: Page | undefined;
/** The first step that failed: those after it stand on it. */
let failed: string | undefined;

beforeAll(async () => {
  place = await aPlace();
});

/** A test that keeps, when it fails, what there is to see. */
function step(name: string, work: () => Promise<void>) {
  it(name, async () => {
    if (failed) throw new Error(`Not tried, because this failed: ${failed}`);
    try {
      await work();
    } catch (error) {
      failed = name;
      await page?.screenshot({ path: path.join(place.home, 'failed.png') });
      process.stderr.write(`Logs and state are kept in ${place.home}\n`);
      throw error;
    }
  });
}

afterAll(async () => {
  await script?.end();
  if (!failed) fs.rmSync(place.home, { recursive: true, force: true });
});

describe('npm start', () => {
  step(
    'with --once brings every target of the example to where it is expected',
    async () => {
      script = StartScript.run(place, '--fresh', '--once');
      const code = await script.exitCode;

      expect(`${code}: ${tail(script.output)}`).toMatch(/^0: /);
      expect(script.output).toContain(
        'Every target is where the example expects it.',
      );
      expect(await isFree(place.portal)).toBe(true);
      expect(await isFree(place.forge)).toBe(true);
      expect(await isFree(modelPort())).toBe(true);
    },
  );

  step('a second time goes on from what is stored, and stays up', async () => {
    script = StartScript.run(place);
    await script.says('The campaigns have come to rest', PATIENCE / 1000);

    expect(script.output).toContain(`${users.name}: going on`);
    expect(script.output).toContain(`${shows.name}: going on`);
    // Merged, verified and open ones are told as they are; none is opened anew.
    const opened = [users, shows]
      .flatMap(({ name }) => readExpectations(examples, name))
      .filter(it => it.state === 'prOpen');
    const told = script.output.match(/: pull request http/g) ?? [];
    expect(told).toHaveLength(opened.length);
  });

  const inBrowser = browserPath ? describe : describe.skip;
  inBrowser('in the browser', () => {
    let browser: Browser;
    let engineer: PlatformEngineer;

    beforeAll(async () => {
      browser = await launchBrowser();
      page = await browser.newPage({
        baseURL: `http://localhost:${place.portal}`,
        viewport: { width: 1440, height: 1000 },
      });
      page.setDefaultTimeout(PATIENCE);
      engineer = new PlatformEngineer(page);
    });

    afterAll(async () => {
      await browser?.close();
    });

    step('shows a dataset and who reads it to a guest', async () => {
      await engineer.signInAsGuest();
      await engineer.openDataset('user_data.sessions_v1');

      for (const name of ['podcast-completion', 'session-quality']) {
        expect(await engineer.findConsumer(name)).toContain(
          'Waiting for its wave',
        );
      }
    });

    step(
      'launches a campaign and follows it to the first changes',
      async () => {
        await engineer.startCampaign();
        await engineer.launch();
        await engineer.waitForChanges();

        expect(page!.url()).toContain(`/campaigns/${sessions.name}`);
      },
    );

    step('shows what was changed, and why the target is there', async () => {
      const target = await engineer.openProposedTarget();
      const diff = await engineer.readDiff();

      expect(diff).toContain('sessions_v1');
      expect(diff).toContain('sessions_v2');
      expect(target).toMatch(/^meridian\//);
    });

    step('opens pull requests once a wave is approved', async () => {
      await engineer.approveWave(sessions.name);
      const addresses = await engineer.pullRequests(sessions.name);

      expect(addresses.length).toBeGreaterThan(0);
      for (const address of addresses) {
        expect(address).toMatch(
          new RegExp(`^http://[^/]+:${place.forge}/meridian/.+/pull/\\d+$`),
        );
      }
    });

    step('sees a merge on the forge become merged, then verified', async () => {
      const [address] = await engineer.pullRequests(sessions.name);
      await engineer.mergeOnForge(address);

      const target = await engineer.waitForVerified(sessions.name, address);
      expect(target).toContain('Verified');
    });

    step(
      'shows what an agent did, what the reviews said of it, and whose words these are',
      async () => {
        const work = await engineer.readAgentsWork(
          shows.name,
          'meridian/show-listening-hours',
        );

        for (const words of [
          'Finished after 5 turns of local-scripted',
          'Judge · vetoes',
          'Judge · accepts',
          'now holds milliseconds',
        ]) {
          expect(work).toContain(words);
        }
        expect(await engineer.readSettings(shows.name)).toContain(
          'Scripted stand-in (no real model), local-scripted',
        );
      },
    );

    step(
      'makes a lesson of what the agent remarked, tries it, and tells it to all jobs that follow',
      async () => {
        const keeper = new ContextKeeper(page!, shows.name);
        const revision = await keeper.makeLesson(
          'only the way forward of total_minutes',
          'total_minutes is DIV(total_ms, 60000).',
        );
        expect(await keeper.readDocument('Lessons')).toContain(
          'total_minutes is DIV(total_ms, 60000).',
        );

        const trials = await keeper.evaluate();
        expect(trials).toMatch(/show-listening-hours[^]*?Passed/);
        expect(trials).toMatch(/show-taxonomy[^]*?Over budget/);
        const trial = await keeper.readTrial('meridian/show-listening-hours');
        expect(trial).toContain('Judge · vetoes');
        expect(trial).toContain('now holds milliseconds');

        await keeper.adopt(revision);
      },
    );
  });

  step('ends on Ctrl-C and leaves nothing behind that runs', async () => {
    const code = await script!.interrupt();

    expect(code).toBe(0);
    expect(await isFree(place.portal)).toBe(true);
    expect(await isFree(place.forge)).toBe(true);
    expect(await isFree(modelPort())).toBe(true);
    expect(fs.existsSync(path.join(place.home, 'running.pid'))).toBe(false);
  });
});

/** Where the stand-in for a model said that it listens, the last time. */
function modelPort(): number {
  const log = lastLines(path.join(place.home, 'logs', 'model.log'), 1);
  return Number(new URL(JSON.parse(log).url).port);
}

function tail(output: string): string {
  return [
    output.slice(-4000),
    lastLines(path.join(place.home, 'logs', 'portal.log'), 10),
  ].join('\n');
}
