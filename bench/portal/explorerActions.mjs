const path = '/catalog/default/resource/listening.plays_v1/lineage';

/** The text that says what is in the picture, once it says what it should. */
const inPicture = (page, text) =>
  page
    .getByRole('status', { name: 'In the picture' })
    .filter({ hasText: text })
    .waitFor();

const choose = async (page, label, option) => {
  await page.getByLabel(label).click();
  await page.getByRole('option', { name: option }).click();
};

/** What a person does with the lineage of 2,000 consumers, in order. */
export const explorerActions = [
  {
    name: 'open the lineage tab',
    act: async page => {
      await page.goto(path);
      await inPicture(page, /boxes/);
      await page.getByRole('table', { name: 'Lineage' }).waitFor();
    },
  },
  {
    name: 'expand a team',
    act: async page => {
      await page.getByRole('button', { name: /^listening.plays_v1,/ }).focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('+');
      await inPicture(page, /in 1\d\d boxes/);
    },
  },
  {
    name: 'show the next level',
    act: async page => {
      await page.getByRole('button', { name: 'Show the next level' }).click();
      await page.getByText('3 of 3 levels').waitFor();
    },
  },
  {
    name: 'show all, one by one',
    act: async page => {
      await page.getByRole('button', { name: /^Show all/ }).click();
      await inPicture(page, /in 2,287 boxes/);
    },
  },
  {
    name: 'move the picture by 2,000 pixels',
    act: async page => {
      const box = await page.getByLabel('Lineage graph').boundingBox();
      for (let time = 0; time < 4; time++) {
        await page.mouse.move(box.x + 600, box.y + 530);
        await page.mouse.down();
        await page.mouse.move(box.x + 600, box.y + 30, { steps: 20 });
        await page.mouse.up();
      }
    },
  },
  {
    name: 'zoom out, and in again',
    act: async page => {
      for (let time = 0; time < 6; time++) {
        await page.getByRole('button', { name: 'Zoom Out' }).click();
      }
      for (let time = 0; time < 6; time++) {
        await page.getByRole('button', { name: 'Zoom In' }).click();
      }
    },
  },
  {
    name: 'switch the colours',
    act: page =>
      page
        .getByRole('group', { name: 'Colour' })
        .getByRole('button', { name: 'Migration' })
        .click(),
  },
  {
    name: 'search by words',
    act: async page => {
      await page
        .getByLabel('Search lineage')
        .pressSequentially('pipeline-17', { delay: 30 });
      await page.getByText('100 found').waitFor();
    },
  },
  {
    name: 'jump to a match',
    act: async page => {
      await page.getByLabel('Search lineage').press('Enter');
      await page.getByText('1 of 100').waitFor();
    },
  },
  {
    name: 'clear the search',
    act: page => page.getByLabel('Search lineage').fill(''),
  },
  {
    name: 'sort the table',
    act: page =>
      page
        .getByRole('table', { name: 'Lineage' })
        .getByRole('button', { name: 'Owner' })
        .click(),
  },
  {
    name: 'next page of the table',
    act: page => page.getByRole('button', { name: 'Next page' }).click(),
  },
  {
    name: 'filter by an owner',
    act: async page => {
      await page
        .getByRole('search', { name: 'Lineage' })
        .getByRole('button', { name: 'Owner' })
        .click();
      await page.getByRole('checkbox').first().check();
      await page.keyboard.press('Escape');
    },
  },
  {
    name: 'group by framework',
    act: async page => {
      await page.getByRole('button', { name: 'Clear' }).click();
      await choose(page, 'Show consumers', 'By framework');
      await inPicture(page, /in \d\d? boxes/);
    },
  },
];
