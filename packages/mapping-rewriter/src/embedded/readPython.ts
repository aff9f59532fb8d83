import { HostLiteral, maskBraces, maskPercent } from './HostString';
import { maskEscapes } from './maskEscapes';

const PREFIX = /[rRbBuUfF]{0,2}$/;

/** The string literals of a Python text. Comments are passed over. */
export function readPython(text: string): HostLiteral[] {
  const literals: HostLiteral[] = [];
  for (let i = 0; i < text.length; ) {
    const c = text[i];
    if (c === '#') {
      const end = text.indexOf('\n', i);
      i = end < 0 ? text.length : end;
    } else if (c === '"' || c === "'") {
      const prefix = PREFIX.exec(text.slice(Math.max(0, i - 2), i))![0];
      const known =
        prefix.length === 0 || !/\w/.test(text[i - prefix.length - 1] ?? '')
          ? prefix.toLowerCase()
          : '';
      const quote = text.startsWith(c.repeat(3), i) ? c.repeat(3) : c;
      const from = i + quote.length;
      const raw = known.includes('r');
      const to = closing(text, from, quote);
      if (to < 0) {
        i += 1;
        continue;
      }
      const inner = text.slice(from, to);
      const formatted =
        known.includes('f') ||
        /^\s*\.\s*format\s*\(/.test(
          text.slice(to + quote.length, to + quote.length + 40),
        );
      const escaped = raw ? inner : maskEscapes(inner);
      const braces = maskBraces(escaped, formatted);
      literals.push({
        start: i - known.length,
        end: to + quote.length,
        from,
        to,
        quote,
        raw,
        holes: formatted ? 'braces' : 'none',
        masked: maskPercent(braces),
      });
      i = to + quote.length;
    } else {
      i += 1;
    }
  }
  return literals;
}

/** Where the comments of a Python text stand. */
export function readPythonComments(
  text: string,
): { start: number; end: number }[] {
  const comments: { start: number; end: number }[] = [];
  const literals = readPython(text);
  let next = 0;
  for (const match of text.matchAll(/#[^\n]*/g)) {
    const start = match.index!;
    while (next < literals.length && literals[next].end <= start) {
      next += 1;
    }
    if (!literals[next] || start < literals[next].start) {
      comments.push({ start, end: start + match[0].length });
    }
  }
  return comments;
}

function closing(text: string, from: number, quote: string): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') {
      i += 1;
    } else if (quote.length === 1 && text[i] === '\n') {
      return -1;
    } else if (text.startsWith(quote, i)) {
      return i;
    }
  }
  return -1;
}
