import { maskEscapes } from '../embedded/maskEscapes';
import { SourceFile } from '../types';
import { addEmbedded } from './addEmbedded';
import { Region } from './Region';
import { Session } from './Session';

const LITERAL = /^(r?)('''|"""|\$\$|'|")([^]*)\2$/i;

/** `EXECUTE IMMEDIATE 'SELECT ...'`: one literal and nothing else is SQL like any other. */
export function readExecuted(
  session: Session,
  file: SourceFile,
  region: Region,
): void {
  const { tokens } = region;
  for (const statement of region.tree.statements) {
    if (statement.verb !== 'EXECUTE') {
      continue;
    }
    const at = tokens.findIndex(token => token.start === statement.start);
    const [, immediate, text, behind] = tokens.slice(at, at + 4);
    const isWhole =
      behind === undefined ||
      behind.start >= statement.end ||
      /^(INTO|USING)$/.test(behind.upper);
    const found =
      immediate?.upper === 'IMMEDIATE' && text?.kind === 'string' && isWhole
        ? LITERAL.exec(text.text)
        : undefined;
    if (!found || /\{\{|\{%/.test(text.text)) {
      continue;
    }
    const [, prefix, quote, inner] = found;
    const start = text.start + prefix.length + quote.length;
    const isRaw = prefix !== '' || quote === '$$';
    const escaped = isRaw ? inner : maskEscapes(inner);
    addEmbedded(session, file, {
      start,
      end: start + inner.length,
      masked: escaped.replace(/''/g, " '"),
      jinja: false,
      forbidden: isRaw ? quote[0] : `${quote[0]}\\`,
      multiline: quote.length > 1,
      anchor: statement.start,
    });
  }
}
