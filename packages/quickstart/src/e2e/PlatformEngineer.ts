import { Page } from 'playwright-core';
import { waitUntil } from '../waitUntil';
import { PATIENCE } from './patience';

/** Does in the browser what a platform engineer does; finds things by role and text, as people do. */
export class PlatformEngineer {
  constructor(private readonly page: Page) {}

  async signInAsGuest(): Promise<void> {
    await this.page.goto('/');
    await this.page.getByRole('button', { name: 'Enter' }).click();
    await this.page
      .getByRole('link', { name: 'Campaigns', exact: true })
      .waitFor();
  }

  /** Opens a dataset's page, at its lineage. */
  async openDataset(name: string): Promise<void> {
    await this.page.goto(`/catalog/default/resource/${name}`);
    await this.page.getByRole('link', { name: 'Lineage' }).click();
  }

  /** @returns the row of a consumer, as the table beside the picture has it */
  async findConsumer(name: string): Promise<string> {
    await this.page.getByLabel('Search lineage').fill(name);
    const row = this.page
      .getByRole('table', { name: 'Lineage' })
      .getByRole('row')
      .filter({ has: this.page.getByRole('link', { name, exact: true }) });
    return row.innerText();
  }

  /** From the dataset to the campaign that is drafted for it. */
  async startCampaign(): Promise<void> {
    await this.page.getByRole('button', { name: 'Start the campaign' }).click();
    await this.page.getByRole('tab', { name: 'Targets' }).waitFor();
  }

  async launch(): Promise<void> {
    await this.page
      .getByRole('button', { name: 'Launch', exact: true })
      .click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('button', { name: /^Launch \d+ targets?$/ }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /** Until something waits for an approval, without reloading. */
  async waitForChanges(): Promise<void> {
    const approve = this.page.getByRole('button', { name: 'Approve changes' });
    await waitUntil(async () => approve.isEnabled(), {
      otherwise: 'No change came to wait for an approval',
      timeoutSeconds: PATIENCE / 1000,
      signal: new AbortController().signal,
    });
  }

  /** @returns its repository */
  async openProposedTarget(): Promise<string> {
    await this.page.getByRole('tab', { name: 'Targets' }).click();
    const row = this.page
      .getByRole('table', { name: 'Targets' })
      .getByRole('row')
      .filter({ hasText: 'Waiting for approval' })
      .first();
    const link = row.getByRole('link').first();
    const repository = await link.innerText();
    await link.click();
    await this.page.getByText('Change', { exact: true }).waitFor();
    return repository;
  }

  async readDiff(): Promise<string> {
    const diff = this.page
      .getByRole('table')
      .filter({ hasText: 'sessions_v2' });
    await diff.first().waitFor();
    return (await diff.allInnerTexts()).join('\n');
  }

  /** Opens a target on which an agent worked. @returns what its page says */
  async readAgentsWork(campaign: string, repository: string): Promise<string> {
    await this.page.goto(`/campaigns/${campaign}/targets`);
    await this.page.getByRole('link', { name: repository }).click();
    for (const shown of [/^Model calls$/, /^Turn \d+$/, /^Judge · /]) {
      await this.page.getByText(shown).first().waitFor();
    }
    return this.page.locator('body').innerText();
  }

  /** @returns what the campaign's settings say of this installation */
  async readSettings(campaign: string): Promise<string> {
    await this.page.goto(`/campaigns/${campaign}/settings`);
    await this.page.getByText('Where jobs run').waitFor();
    await this.page.getByText(/^Executor/).waitFor();
    return this.page.locator('body').innerText();
  }

  /** Approves all that waits in the first wave. */
  async approveWave(campaign: string): Promise<void> {
    await this.page.goto(`/campaigns/${campaign}`);
    await this.page.getByRole('button', { name: 'Approve changes' }).click();
    const dialog = this.page.getByRole('dialog');
    const several = dialog.getByRole('button', { name: 'Go on' });
    const confirm = dialog.getByRole('button', { name: /^Approve \d+ target/ });
    await several.or(confirm).waitFor();
    if (await several.isVisible()) await several.click();
    await confirm.click();
    await dialog.getByRole('button', { name: 'Close' }).click();
  }

  /** Addresses of the pull requests, once there is one. */
  async pullRequests(campaign: string): Promise<string[]> {
    await this.page.goto(`/campaigns/${campaign}/targets`);
    const links = this.page
      .getByRole('table', { name: 'Targets' })
      .getByRole('link', { name: /^#\d+/ });
    await links.first().waitFor();
    return links.evaluateAll(all =>
      all.map(it => (it as HTMLAnchorElement).href),
    );
  }

  /** Presses the button on the pull request's own page. */
  async mergeOnForge(address: string): Promise<void> {
    await this.page.goto(address);
    await this.page.getByRole('button', { name: /merge/i }).first().click();
    await this.page
      .getByText(/merged/i)
      .first()
      .waitFor();
  }

  /** @returns the target's row, once it is verified */
  async waitForVerified(campaign: string, address: string): Promise<string> {
    await this.page.goto(`/campaigns/${campaign}/targets`);
    const row = this.page
      .getByRole('table', { name: 'Targets' })
      .getByRole('row')
      .filter({ has: this.page.locator(`a[href="${address}"]`) });
    const verified = row.filter({ hasText: 'Verified' });
    await verified.waitFor();
    return verified.innerText();
  }
}
