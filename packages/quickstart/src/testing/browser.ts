import { Browser, chromium } from 'playwright-core';

/** Set by `npm test` where there is a browser. */
export const browserPath = process.env.SKEIN_BROWSER;

/** Starts the browser that `npm test` brought, so that it runs as root and without a network beyond this machine. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: browserPath,
    headless: true,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
