import { inertText } from './inertText';

/**
 * Text that a forge shows as it is: no markup, no HTML, no mention of a person
 * or an issue, no link. For all that comes from repositories, runners, models.
 */
export function escapeMarkdown(text: string, length = 500): string {
  return inertText(text, length).replace(
    /[\\`*_{}[\]<>()#+!|~&:@-]|(?<=^\d+)\./g,
    character =>
      character === '\\' ? '\\\\' : `&#${character.charCodeAt(0)};`,
  );
}

/** Text as inline code, whatever it holds. */
export function code(text: string, length = 200): string {
  const line = inertText(text, length);
  if (line === '') return '` `';
  const longest = Math.max(
    0,
    ...(line.match(/`+/g) ?? []).map(run => run.length),
  );
  const fence = '`'.repeat(longest + 1);
  const pad = /^`|`$/.test(line) ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Inline code that may stand in a table: a bar would end the cell even in code. */
export function codeInTable(text: string, length = 200): string {
  return code(text, length).replace(/\|/g, '\\|');
}

/** Browsers take longer addresses; people do not. */
const MOST_URL_CHARACTERS = 2_048;

/** A link to an address that we trust only if it is a plain web address. */
export function link(title: string, url: string): string {
  if (url.length > MOST_URL_CHARACTERS) return escapeMarkdown(title);
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return escapeMarkdown(title);
  }
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') {
    return escapeMarkdown(title);
  }
  const address = parsed.href.replace(
    /[()<>\\|\s]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `[${escapeMarkdown(title)}](${address})`;
}
