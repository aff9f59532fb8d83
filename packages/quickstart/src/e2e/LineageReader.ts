import { Locator, Page } from 'playwright-core';
import { waitUntil } from '../waitUntil';
import { PATIENCE } from './patience';

/** Looks at the lineage of a dataset in the browser; finds things by role and text. */
export class LineageReader {
  constructor(private readonly page: Page) {}

  async open(dataset: string): Promise<void> {
    await this.page.goto('/');
    await this.page.getByRole('button', { name: 'Enter' }).click();
    await this.page
      .getByRole('link', { name: 'Campaigns', exact: true })
      .waitFor();
    await this.page.goto(`/catalog/default/resource/${dataset}/lineage`);
    await this.page.getByRole('table', { name: 'Lineage' }).waitFor();
  }

  /** As on a slow machine: the worker that arranges the picture gets no work yet. */
  async openAgainWithoutPicture(): Promise<void> {
    await this.page.addInitScript(() => {
      const { postMessage } = Worker.prototype;
      const held: (() => void)[] = [];
      Worker.prototype.postMessage = function hold(message: unknown) {
        held.push(() => postMessage.call(this, message));
      };
      window.addEventListener('let-picture-come', () =>
        held.splice(0).forEach(send => send()),
      );
    });
    await this.page.reload();
    await this.page.getByRole('table', { name: 'Lineage' }).waitFor();
  }

  async letPictureCome(): Promise<void> {
    await this.page.evaluate(() =>
      window.dispatchEvent(new Event('let-picture-come')),
    );
  }

  /** A box of the picture, by how its label begins. */
  box(name: string): Locator {
    return this.page
      .locator('[data-box]')
      .getByRole('button', { name: new RegExp(`^${name},`) });
  }

  /** A part of the page that can be pressed. */
  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  /** Waits until the picture says that it shows this. */
  async pictureSays(words: string): Promise<void> {
    await this.page
      .getByRole('status', { name: 'In the picture' })
      .filter({ hasText: words })
      .waitFor();
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** What the keyboard is on: the label of the box. */
  async focused(): Promise<string> {
    const label = await this.page.locator(':focus').getAttribute('aria-label');
    return label ?? '';
  }

  /** Presses a key again and again, until the focus is on a box whose label begins so. */
  async pressUntilFocused(key: string, label: string): Promise<void> {
    await waitUntil(
      async () => {
        if ((await this.focused()).startsWith(label)) return true;
        await this.press(key);
        return false;
      },
      {
        otherwise: `${key} did not lead to ${label}`,
        timeoutSeconds: PATIENCE / 1000,
        intervalMs: 500,
        signal: new AbortController().signal,
      },
    );
  }

  /** How many rows the table says that it has. */
  async tableSays(words: string): Promise<void> {
    await this.page.getByText(words, { exact: true }).waitFor();
  }

  async search(words: string): Promise<void> {
    await this.page.getByLabel('Search lineage').fill(words);
  }

  async choose(label: string, option: string): Promise<void> {
    await this.page.getByLabel(label).click();
    await this.page.getByRole('option', { name: option }).click();
  }

  /** Ticks values of one of the filters. */
  async filter(name: string, ...values: string[]): Promise<void> {
    await this.page
      .getByRole('search', { name: 'Lineage' })
      .getByRole('button', { name })
      .click();
    for (const value of values) {
      await this.page.getByRole('checkbox', { name: value }).check();
    }
    await this.press('Escape');
  }

  /** The row of the table that is chosen. */
  chosenRow(): Locator {
    return this.page
      .getByRole('table', { name: 'Lineage' })
      .locator('tr[aria-selected=true]');
  }

  /** @returns the campaign file that the dialog begins with */
  async startCampaign(): Promise<string> {
    await this.page.getByRole('button', { name: 'Start a campaign' }).click();
    return this.page
      .getByRole('textbox', { name: 'Campaign file' })
      .inputValue();
  }
}
