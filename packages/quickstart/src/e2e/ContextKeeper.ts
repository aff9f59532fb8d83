import { Page } from 'playwright-core';

/** Does in the browser what the owner of a campaign's context does; finds things by role and text, as people do. */
export class ContextKeeper {
  constructor(private readonly page: Page, private readonly campaign: string) {}

  /** Makes a lesson of the remark that holds some words. @returns the name of the revision that waits with it */
  async makeLesson(remark: string, lesson: string): Promise<string> {
    await this.page.goto(`/campaigns/${this.campaign}/context/feedback`);
    await this.page
      .getByRole('listitem')
      .filter({ hasText: remark })
      .getByRole('button', { name: 'Make a lesson' })
      .click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Lesson' }).fill(lesson);
    await dialog.getByRole('button', { name: 'Make it a lesson' }).click();
    const link = dialog.getByRole('link', { name: /^Revision \d+$/ });
    const revision = await link.innerText();
    await link.click();
    await this.page
      .getByRole('heading', { name: revision, exact: true })
      .waitFor();
    return revision;
  }

  /** @returns the document of the revision that is open */
  async readDocument(name: string): Promise<string> {
    await this.page.getByRole('tab', { name, exact: true }).click();
    return this.page.getByRole('region', { name, exact: true }).innerText();
  }

  /** Tries the revision that is open on as many targets as are offered. @returns what the table of trials says in the end */
  async evaluate(): Promise<string> {
    await this.page
      .getByRole('button', { name: 'Evaluate', exact: true })
      .click();
    await this.page.getByRole('button', { name: /^Try \d+ targets?$/ }).click();
    await this.page.getByText('Finished', { exact: true }).waitFor();
    return this.page.getByRole('table', { name: 'Trials' }).innerText();
  }

  /** Follows a trial of the evaluation that is open, one in which the agent and the judge had a part. @returns what its page says */
  async readTrial(repository: string): Promise<string> {
    await this.page.getByRole('link', { name: repository }).click();
    // Log and review are read by themselves, and either may come first.
    for (const shown of [/^Turn \d+$/, /^Judge · /]) {
      await this.page.getByText(shown).first().waitFor();
    }
    const text = await this.page.locator('body').innerText();
    await this.page.goBack();
    return text;
  }

  /** Adopts the revision of the evaluation that is open, and waits until it is current. */
  async adopt(revision: string): Promise<void> {
    const name = `Adopt ${revision.toLocaleLowerCase('en-US')}`;
    await this.page.getByRole('button', { name, exact: true }).click();
    await this.page
      .getByRole('dialog')
      .getByRole('button', { name, exact: true })
      .click();
    await this.page.goto(`/campaigns/${this.campaign}/context`);
    await this.page
      .getByRole('row')
      .filter({ hasText: revision })
      .getByText('Current', { exact: true })
      .waitFor();
  }
}
