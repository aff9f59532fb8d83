import { Content, markup, Markup } from './markup';

/** A whole page; the trail leads from the front page to where one is. */
export function layout(
  title: string,
  trail: Array<{ text: string; href: string }>,
  body: Content,
): string {
  const page: Markup = markup`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="stylesheet" href="/_assets/style.css" />
      </head>
      <body>
        <header class="top">
          <a class="mark" href="/">Local forge</a>
          ${trail.map(
            ({ text, href }) =>
              markup`<span class="muted">/</span><a href="${href}">${text}</a>`,
          )}
          <span class="note">for development only</span>
        </header>
        <main>${body}</main>
      </body>
    </html>`;
  return page.text;
}

/** How long ago, in words. */
export function ago(moment: string): string {
  const seconds = Math.max(0, (Date.now() - Date.parse(moment)) / 1000);
  const steps: Array<[number, string]> = [
    [60, 'second'],
    [60, 'minute'],
    [24, 'hour'],
    [30, 'day'],
    [12, 'month'],
    [Infinity, 'year'],
  ];
  let value = seconds;
  for (const [size, unit] of steps) {
    if (value < size) {
      const count = Math.floor(value);
      return unit === 'second'
        ? 'just now'
        : `${count} ${unit}${count === 1 ? '' : 's'} ago`;
    }
    value /= size;
  }
  return moment;
}
