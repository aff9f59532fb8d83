import { HostLiteral, maskBraces } from './HostString';
import { maskEscapes } from './maskEscapes';

/** The strings of a TOML text. */
export function readToml(text: string): HostLiteral[] {
  const literals: HostLiteral[] = [];
  for (let i = 0; i < text.length; ) {
    const c = text[i];
    if (c === '#') {
      const end = text.indexOf('\n', i);
      i = end < 0 ? text.length : end;
    } else if (c === '"' || c === "'") {
      const quote = text.startsWith(c.repeat(3), i) ? c.repeat(3) : c;
      const from = i + quote.length;
      const raw = c === "'";
      let to = from;
      while (
        to < text.length &&
        !text.startsWith(quote, to) &&
        !(quote.length === 1 && text[to] === '\n')
      ) {
        to += !raw && text[to] === '\\' ? 2 : 1;
      }
      if (!text.startsWith(quote, to)) {
        i += 1;
        continue;
      }
      const inner = text.slice(from, to);
      literals.push({
        start: i,
        end: to + quote.length,
        from,
        to,
        quote,
        raw,
        holes: 'none',
        masked: maskBraces(raw ? inner : maskEscapes(inner), false),
      });
      i = to + quote.length;
    } else {
      i += 1;
    }
  }
  return literals;
}
