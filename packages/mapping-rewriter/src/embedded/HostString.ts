/** A string literal of a host language. */
export interface HostLiteral {
  /** Offsets of the literal with its quotes and prefix. */
  start: number;
  end: number;
  /** Offsets of the text between the quotes. */
  from: number;
  to: number;
  quote: string;
  /** Escapes are plain characters. */
  raw: boolean;
  /** What placeholders it takes. */
  holes: 'none' | 'braces' | 'dollar';
  /** Text between the quotes with escapes, margins and placeholders masked. */
  masked: string;
}

export const HOLE_CHARACTER = '\uE000';

export const blank = (text: string) => text.replace(/[^\n]/g, ' ');
export const hole = (text: string) => HOLE_CHARACTER.repeat(text.length);

/** End of a balanced `{...}` that opens at `at`. */
export function braceEnd(text: string, at: number, limit: number): number {
  let open = 0;
  for (let i = at; i < limit; i++) {
    if (text[i] === '{') {
      open += 1;
    } else if (text[i] === '}') {
      open -= 1;
      if (open === 0) {
        return i + 1;
      }
    }
  }
  return limit;
}

/** Masks the `{name}` placeholders of a format string; doubled braces are plain ones. */
export function maskBraces(text: string, doubledArePlain: boolean): string {
  let out = '';
  for (let i = 0; i < text.length; ) {
    if (
      doubledArePlain &&
      (text.startsWith('{{', i) || text.startsWith('}}', i))
    ) {
      out += `${text[i]} `;
      i += 2;
    } else if (
      !doubledArePlain &&
      (text.startsWith('{{', i) ||
        text.startsWith('{%', i) ||
        text.startsWith('{#', i))
    ) {
      const close = text.indexOf(
        text[i + 1] === '{' ? '}}' : `${text[i + 1]}}`,
        i,
      );
      const end = close < 0 ? text.length : close + 2;
      out += text.slice(i, end);
      i = end;
    } else if (text[i] === '{') {
      const end = braceEnd(text, i, text.length);
      out += hole(text.slice(i, end));
      i = end;
    } else {
      out += text[i];
      i += 1;
    }
  }
  return out;
}

/** Masks `%s` and `%(name)s`. */
export const maskPercent = (text: string) =>
  text.replace(/%\(\w+\)[sdrf]|%[sdrf](?![\w%'])/g, hole);

/** Masks `$name` and `${...}`. */
export function maskDollar(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; ) {
    if (text[i] === '$' && text[i + 1] === '{') {
      const end = braceEnd(text, i + 1, text.length);
      out += hole(text.slice(i, end));
      i = end;
    } else if (text[i] === '$' && text[i + 1] === '(') {
      const close = text.indexOf(')', i);
      const end = close < 0 ? text.length : close + 1;
      out += hole(text.slice(i, end));
      i = end;
    } else if (text[i] === '$' && /[A-Za-z_]/.test(text[i + 1] ?? '')) {
      const name = /^\$\w+/.exec(text.slice(i, i + 200))![0];
      out += hole(name);
      i += name.length;
    } else {
      out += text[i];
      i += 1;
    }
  }
  return out;
}
