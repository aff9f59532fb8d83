import { campaign } from './serveTargets.mjs';

const firstRow = (page, text) =>
  page
    .getByRole('table', { name: 'Targets' })
    .getByRole('row')
    .filter({ hasText: text })
    .first();

const noLongerStale = page =>
  page.locator('table[aria-label=Targets]:not([aria-busy=true])').waitFor();

/** What a person does with 2,000 targets, at 100 a page, in order. */
export const targetActions = [
  {
    name: 'targets: open',
    act: async page => {
      await page.goto(`/campaigns/${campaign}/targets?size=100`);
      await firstRow(page, 'meridian/').waitFor();
    },
  },
  {
    name: 'targets: next page',
    act: async page => {
      await page.getByRole('button', { name: 'Next page' }).click();
      await page.getByText('101-200 of 2000').waitFor();
      await noLongerStale(page);
    },
  },
  {
    name: 'targets: select all on the page',
    act: page =>
      page.getByRole('checkbox', { name: 'Select all on this page' }).check(),
  },
  {
    name: 'targets: search by words',
    act: async page => {
      await page.getByLabel('Search targets').fill('-17');
      await firstRow(page, '-17').waitFor();
      await noLongerStale(page);
    },
  },
  {
    name: 'targets: clear the search',
    act: async page => {
      await page.getByRole('button', { name: 'Clear', exact: true }).click();
      await page.getByText('1-100 of 2000').waitFor();
      await noLongerStale(page);
    },
  },
];
