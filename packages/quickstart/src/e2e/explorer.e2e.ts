import { Browser, Page } from 'playwright-core';
import { parse } from 'yaml';
import { browserPath, launchBrowser } from '../testing/browser';
import { largeDataset } from '../testing/largeCatalog';
import { LargePortal } from '../testing/LargePortal';
import { LineageReader } from './LineageReader';
import { PATIENCE } from './patience';

const consumers = 2000;
/** The dataset, its consumers, and what a fifth of the 1,429 direct ones write. */
const nodes = '2,287';

const inBrowser = browserPath ? describe : describe.skip;

inBrowser('the lineage explorer on 2,000 consumers', () => {
  let portal: LargePortal;
  let browser: Browser;
  let page: Page;
  let reader: LineageReader;

  beforeAll(async () => {
    portal = await LargePortal.start({ consumers, teams: 40 });
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
  });

  beforeEach(async () => {
    page = await browser.newPage({
      baseURL: portal.url,
      viewport: { width: 1440, height: 1000 },
    });
    page.setDefaultTimeout(PATIENCE);
    reader = new LineageReader(page);
    await reader.open(largeDataset);
  });

  afterEach(async () => {
    await page?.close();
  });

  it('arranges in a worker, and makes one box of each team', async () => {
    await reader.pictureSays(`1,716 of ${nodes} in 81 boxes`);
    await reader.tableSays('2,286 rows');

    expect(page.workers()).toHaveLength(1);
    await page.getByText('1,429 direct consumers, 571 indirect').waitFor();
  });

  it('shows in picture and table the same, whole or filtered', async () => {
    await reader.button(/^Show all/).click();
    await reader.pictureSays(`${nodes} of ${nodes} in ${nodes} boxes`);
    await reader.tableSays('2,286 rows');

    // 50 consumers of the team; the picture has the ways to them as well.
    await reader.filter('Owner', 'team-07');
    await reader.tableSays('57 rows');
    await reader.choose('Show consumers', 'By team');
    await reader.box('team-07').first().waitFor();
    await reader.filter('Framework', 'dbt');
    await reader.tableSays('16 rows');
  });

  it('is walked by keys, which expand and collapse what they are on', async () => {
    await reader.pictureSays('in 81 boxes');
    await reader.box(largeDataset).focus();
    await reader.press('ArrowRight');
    const team = await reader.focused();
    expect(team).toMatch(/^team-\d\d, 3\d consumers/);

    await reader.press('ArrowDown');
    expect(await reader.focused()).toMatch(/^team-\d\d, 3\d consumers/);
    expect(await reader.focused()).not.toBe(team);

    await reader.press('ArrowUp', '+');
    await page.locator(':focus[aria-label^=pipeline]').waitFor();
    // What follows it goes first, then it goes back among its team.
    await reader.pressUntilFocused('-', team.slice(0, 7));
    await reader.pictureSays('in 81 boxes');

    await reader.press('ArrowLeft');
    expect(await reader.focused()).toContain(largeDataset);
  });

  it('opens details by Enter, and goes back by Escape', async () => {
    await reader.search('pipeline-1999');
    await reader.press('Enter');
    const box = reader.box('pipeline-1999');
    await box.focus();
    await reader.press('Enter');

    const details = page.getByRole('region', { name: 'Details' });
    expect(
      await details
        .getByRole('list', { name: 'Lineage path' })
        .getByRole('listitem')
        .allInnerTexts(),
    ).toEqual([
      largeDataset,
      'pipeline-0285',
      'derived.plays_by_0285',
      'pipeline-1999',
    ]);
    await reader.press('Escape');
    await details.waitFor({ state: 'hidden' });
    expect(await reader.focused()).toMatch(/^pipeline-1999,/);
  });

  it('shows what was searched for before there was a picture', async () => {
    await reader.openAgainWithoutPicture();
    await reader.search('pipeline-1999');
    await reader.press('Enter');
    await reader.letPictureCome();
    await reader.box('pipeline-1999').waitFor();
  });

  it('jumps to what is searched for, and turns the table to it', async () => {
    await reader.search('pipeline-17');
    await reader.tableSays('100 rows');
    await page.getByText('100 found').waitFor();

    await page.getByLabel('Search lineage').press('Enter');
    await page.getByText('1 of 100').waitFor();
    await page.getByLabel('Search lineage').press('Enter');
    await page.getByText('2 of 100').waitFor();

    const [name] = (await reader.chosenRow().innerText()).split(/\s/);
    expect(name).toMatch(/^pipeline-17\d\d$/);
    await reader.box(name).waitFor();
  });

  it('shows in the picture what is chosen in the table', async () => {
    await reader.search('pipeline-1888');
    await reader.button('Show pipeline-1888 in the picture').click();

    await reader.box('pipeline-1888').waitFor();
    expect(await reader.box('pipeline-1888').isVisible()).toBe(true);
  });

  it('goes level by level, and colours by migration', async () => {
    await reader.button('Show the next level').click();
    await page.getByText('3 of 3 levels').waitFor();
    await reader.pictureSays(`${nodes} of ${nodes}`);
    await reader.button('Hide the last level').click();
    await reader.button('Hide the last level').click();
    await reader.pictureSays(`1,430 of ${nodes} in 41 boxes`);

    await page
      .getByRole('group', { name: 'Colour' })
      .getByRole('button', { name: 'Migration' })
      .click();
    await page.getByText('in no campaign (2,000)').waitFor();
  });

  it('carries what is looked at into a campaign', async () => {
    await reader.choose('As far as', '3 steps');
    await page.locator('#lineage-depth', { hasText: '3 steps' }).waitFor();
    // The picture of the question before stays until the answer is there.
    await page
      .locator('[aria-busy="true"]')
      .first()
      .waitFor({ state: 'detached' });
    await reader.filter('Framework', 'dbt', 'scio');
    await reader.filter('Owner', 'team-07');
    const draft = parse(await reader.startCampaign());

    expect(draft.datasets[0].from).toBe(largeDataset);
    expect(draft.scope.lineage.depth).toBe(3);
    expect(draft.scope.frameworks.include.sort()).toEqual(['dbt', 'scio']);
    expect(draft.scope.repositories.include).toContain('large/pipeline-0087');
    expect(draft.scope.repositories.include).toContain('large/pipeline-0047');
    // Of the team, but of neither framework.
    expect(draft.scope.repositories.include).not.toContain(
      'large/pipeline-0007',
    );
  });
});
