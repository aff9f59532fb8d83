import { HostLiteral, maskDollar } from './HostString';

/** The quoted strings and heredocs of a shell script. Comments are passed over. */
export function readShell(text: string): HostLiteral[] {
  const literals: HostLiteral[] = [];
  for (let i = 0; i < text.length; ) {
    const c = text[i];
    if (c === '\\') {
      i += 2;
    } else if (c === '#' && (i === 0 || /\s/.test(text[i - 1]))) {
      const end = text.indexOf('\n', i);
      i = end < 0 ? text.length : end;
    } else if (c === '<' && text[i + 1] === '<' && text[i + 2] !== '<') {
      const heredoc = readHeredoc(text, i);
      if (heredoc) {
        literals.push(heredoc);
        i = heredoc.end;
      } else {
        i += 2;
      }
    } else if (c === "'" || c === '"') {
      let to = i + 1;
      while (to < text.length && text[to] !== c) {
        to += c === '"' && text[to] === '\\' ? 2 : 1;
      }
      if (to >= text.length) {
        i += 1;
        continue;
      }
      const inner = text.slice(i + 1, to);
      literals.push({
        start: i,
        end: to + 1,
        from: i + 1,
        to,
        quote: c,
        raw: c === "'",
        holes: c === '"' ? 'dollar' : 'none',
        masked: c === '"' ? expanded(inner) : inner,
      });
      i = to + 1;
    } else {
      i += 1;
    }
  }
  return literals;
}

/** What the shell makes of a text in double quotes: `\`` is a backtick, `$x` is filled in. */
function expanded(text: string): string {
  return maskDollar(text.replace(/\\([`"$\\])/g, ' $1'));
}

function readHeredoc(text: string, at: number): HostLiteral | undefined {
  const open = /^<<(-?)\s*(['"]?)(\w+)\2[^\n]*\n/.exec(
    text.slice(at, at + 300),
  );
  if (!open) {
    return undefined;
  }
  const [whole, dash, quote, word] = open;
  const from = at + whole.length;
  const pattern = new RegExp(`^${dash ? '\\t*' : ''}${word}[ \\t]*\\r?$`, 'm');
  const close = pattern.exec(text.slice(from));
  if (!close) {
    return undefined;
  }
  const to = from + close.index;
  const inner = text.slice(from, to);
  return {
    start: at,
    end: to + close[0].length,
    from,
    to,
    quote: '',
    raw: quote !== '',
    holes: quote === '' ? 'dollar' : 'none',
    masked: quote === '' ? expanded(inner) : inner,
  };
}
