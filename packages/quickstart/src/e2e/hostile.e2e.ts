import { Browser, Page } from 'playwright-core';
import { browserPath, launchBrowser } from '../testing/browser';
import {
  EVIL,
  hostileHtml,
  hostilePages,
  makeHostileCampaign,
  RAN,
} from '../testing/hostileCampaign';
import { LargePortal } from '../testing/LargePortal';
import { PATIENCE } from './patience';

const inBrowser = browserPath ? describe : describe.skip;

inBrowser('scripts in what repositories, models and people wrote', () => {
  let portal: LargePortal;
  let browser: Browser;
  let page: Page;
  /** Addresses of the hostile host that the browser was made to ask. */
  let asked: string[];

  beforeAll(async () => {
    portal = await LargePortal.start({ consumers: 2, teams: 1 });
    await makeHostileCampaign(portal.portal, portal.database);
    browser = await launchBrowser();
    page = await browser.newPage({ baseURL: portal.url });
    page.setDefaultTimeout(PATIENCE);
    page.on('requestfailed', request => {
      const failure = request.failure()!.errorText;
      // The policy of the portal's pages keeps it in the browser.
      if (new URL(request.url()).hostname === EVIL && failure !== 'csp') {
        asked.push(`${request.url()}: ${failure}`);
      }
    });
    await page.goto('/');
    await page.getByRole('button', { name: 'Enter' }).click();
    await page.getByRole('link', { name: 'Campaigns', exact: true }).waitFor();
  });
  beforeEach(() => {
    asked = [];
  });
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
  });

  const ran = () =>
    page.evaluate(name => (window as any)[name] as number | undefined, RAN);

  /** What of the hostile words became a part of the page. */
  const inserted = () =>
    page.evaluate(
      ([mark, host]) =>
        [...document.querySelectorAll('*')]
          .filter(element => {
            const active = [...element.attributes].some(({ name, value }) => {
              if (/^on|^srcdoc$/.test(name)) return value.includes(mark);
              if (!/^(?:href|src|action|formaction|data)$/.test(name)) {
                return false;
              }
              const { hostname, protocol } = new URL(value, location.href);
              const picture = name === 'src' && protocol === 'data:';
              const web = protocol === 'https:' || protocol === 'http:';
              return hostname === host || !(web || picture);
            });
            const script = element.tagName === 'SCRIPT';
            return active || (script && element.textContent!.includes(mark));
          })
          .map(element => element.outerHTML.slice(0, 200)),
      [RAN, EVIL],
    );

  it('would run in this browser, and be found in the page', async () => {
    const other = await browser.newPage();
    try {
      await other.setContent(`<p>${hostileHtml}</p>`);
      await other.waitForFunction(name => name in window, RAN);
    } finally {
      await other.close();
    }
    await page.evaluate(html => {
      const element = document.createElement('div');
      element.id = 'control';
      element.innerHTML = html;
      document.body.append(element);
    }, hostileHtml);
    expect((await inserted()).length).toBeGreaterThanOrEqual(4);
    await page.reload();
  });

  it.each<[string, string, string[]]>([
    ['the list of campaigns', '/campaigns', ['Title']],
    ['the campaign', hostilePages.campaign, ['Title', 'Activity']],
    ['its targets', `${hostilePages.campaign}/targets`, ['path/', 'Reason']],
    ['its feedback', `${hostilePages.campaign}/context/feedback`, ['Remark']],
    ['its settings', `${hostilePages.campaign}/settings`, ['Description']],
    [
      'a target with its diff, checks, notes, review and log',
      hostilePages.target,
      ['path/', 'Added', 'Check', 'Note', 'Finding', 'Line', 'Turn'],
    ],
  ])(
    'are words, and run nowhere, on the page of %s',
    async (_, path, words) => {
      await page.goto(path);
      for (const word of words) {
        await page
          .getByText(`${word} "><img`, { exact: false })
          .or(page.getByText(`${word}"><img`, { exact: false }))
          .first()
          .waitFor();
      }
      // What is folded away is a part of the page too.
      for (const button of await page
        .locator('main [aria-expanded=false], summary')
        .all()) {
        await button.click({ timeout: 2_000 }).catch(() => {});
      }
      expect(await inserted()).toEqual([]);
      expect(await ran()).toBe(undefined);
      expect(asked).toEqual([]);
    },
  );

  it('run nowhere in the Markdown of a guide, nor by its links', async () => {
    await page.goto(`${hostilePages.campaign}/guide`);
    await page.getByRole('heading', { name: 'Hostile guide' }).waitFor();
    for (const link of await page.getByText(/^(?:Click|and) me$/).all()) {
      await link.click({ timeout: 2_000 }).catch(() => {});
    }
    // A guide may have pictures; the portal loads none from elsewhere.
    const active = (await inserted()).filter(each => !/^<img src/.test(each));
    expect(active).toEqual([]);
    expect(await page.locator('img[onerror], form, iframe').all()).toEqual([]);
    expect(await ran()).toBe(undefined);
    expect(asked).toEqual([]);
  });
});
