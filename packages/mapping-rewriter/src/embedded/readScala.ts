import {
  blank,
  HostLiteral,
  maskBraces,
  maskDollar,
  maskPercent,
} from './HostString';
import { maskEscapes } from './maskEscapes';

/** The string literals of a Scala, Java or Kotlin text. Comments are passed over. */
export function readScala(text: string): HostLiteral[] {
  const literals: HostLiteral[] = [];
  for (let i = 0; i < text.length; ) {
    const c = text[i];
    if (c === '/' && text[i + 1] === '/') {
      const end = text.indexOf('\n', i);
      i = end < 0 ? text.length : end;
    } else if (c === '/' && text[i + 1] === '*') {
      const end = text.indexOf('*/', i + 2);
      i = end < 0 ? text.length : end + 2;
    } else if (c === "'") {
      // a character literal or a symbol
      i += /^'(\\.|[^\\'\n])'/.exec(text.slice(i, i + 4))?.[0].length ?? 1;
    } else if (c === '"') {
      const triple = text.startsWith('"""', i);
      const quote = triple ? '"""' : '"';
      const from = i + quote.length;
      let to = triple ? text.indexOf('"""', from) : simpleEnd(text, from);
      if (to < 0) {
        i += 1;
        continue;
      }
      // four quotes at the end belong three to the mark and one to the text
      while (triple && text[to + 3] === '"') {
        to += 1;
      }
      const prefix =
        /[A-Za-z_]\w*$/.exec(text.slice(Math.max(0, i - 20), i))?.[0] ?? '';
      const inner = text.slice(from, to);
      const escaped = triple ? inner : maskEscapes(inner);
      const dollars = prefix === '' ? escaped : maskDollar(escaped);
      const margins = /^\s*\.\s*stripMargin/.test(
        text.slice(to + quote.length, to + quote.length + 40),
      )
        ? dollars.replace(/^([ \t]*)\|/gm, whole => blank(whole))
        : dollars;
      literals.push({
        start: i - prefix.length,
        end: to + quote.length,
        from,
        to,
        quote,
        raw: triple,
        holes: prefix === '' ? 'none' : 'dollar',
        masked: maskPercent(maskBraces(margins, false)),
      });
      i = to + quote.length;
    } else {
      i += 1;
    }
  }
  return literals;
}

function simpleEnd(text: string, from: number): number {
  for (let i = from; i < text.length && text[i] !== '\n'; i++) {
    if (text[i] === '\\') {
      i += 1;
    } else if (text[i] === '"') {
      return i;
    }
  }
  return -1;
}
