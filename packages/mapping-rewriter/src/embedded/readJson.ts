import { HostLiteral, maskBraces } from './HostString';
import { maskEscapes } from './maskEscapes';

/** A string of JSON, and whether it is a key. */
export interface JsonLiteral extends HostLiteral {
  key: boolean;
}

/** The strings of a JSON text, keys told from values by the colon behind them. */
export function readJson(text: string): JsonLiteral[] {
  const literals: JsonLiteral[] = [];
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '"') {
      continue;
    }
    const from = i + 1;
    let to = from;
    while (to < text.length && text[to] !== '"') {
      to += text[to] === '\\' ? 2 : 1;
    }
    if (to >= text.length) {
      break;
    }
    literals.push({
      start: i,
      end: to + 1,
      from,
      to,
      quote: '"',
      raw: false,
      holes: 'none',
      masked: maskBraces(maskEscapes(text.slice(from, to)), false),
      key: /^\s*:/.test(text.slice(to + 1, to + 20)),
    });
    i = to;
  }
  return literals;
}
