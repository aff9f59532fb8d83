import { EmbeddedText } from './EmbeddedText';
import { blank, hole, HostLiteral } from './HostString';

const OPERAND =
  /^\s*(\+|~)\s*((?:[A-Za-z_$][\w$.]*)(?:\([^()"']{0,200}\)|\[[^\][]{0,100}\])*)\s*(?=\+|~)/;

/**
 * Puts literals together that the host language concatenates: side by side
 * (Python), or with `+` and plain operands between them, which become
 * placeholders.
 */
export function joinLiterals(
  text: string,
  literals: HostLiteral[],
  options: { adjacent: boolean; jinja: boolean },
): EmbeddedText[] {
  const joined: EmbeddedText[] = [];
  let group: HostLiteral[] = [];
  let masked = '';
  const flush = () => {
    if (group.length > 0) {
      const [first] = group;
      joined.push({
        start: first.from,
        end: group[group.length - 1].to,
        masked,
        jinja:
          options.jinja && group.every(literal => literal.holes !== 'braces'),
        forbidden:
          [...new Set(group.map(literal => literal.quote[0] ?? ''))].join('') +
          (group.some(l => !l.raw) ? '\\' : '') +
          (group.some(l => l.holes === 'braces') ? '{}' : '') +
          (group.some(l => l.holes === 'dollar') ? '$' : ''),
        multiline: group.length === 1 && first.quote.length !== 1,
        anchor: first.start,
      });
    }
    group = [];
    masked = '';
  };
  for (const literal of literals) {
    const last = group[group.length - 1];
    const between = last ? text.slice(last.end, literal.start) : '';
    const gap = last ? between.replace(/#[^\n]*|\/\/[^\n]*|\\\n/g, blank) : '';
    let glue: string | undefined;
    if (last && /^\s*$/.test(gap) && options.adjacent) {
      glue = blank(text.slice(last.to, literal.from));
    } else if (last && /^\s*\+\s*$/.test(gap)) {
      glue = blank(text.slice(last.to, literal.from));
    } else if (last && between.length < 300 && isOperands(gap)) {
      glue = hole(text.slice(last.to, literal.from));
    }
    if (glue === undefined) {
      flush();
      masked = literal.masked;
    } else {
      masked += glue + literal.masked;
    }
    group.push(literal);
  }
  flush();
  return joined;
}

function isOperands(gap: string): boolean {
  let rest = gap;
  for (let match = OPERAND.exec(rest); match; match = OPERAND.exec(rest)) {
    rest = rest.slice(match[0].length);
  }
  return rest !== gap && /^\s*(\+|~)\s*$/.test(rest);
}
