import { CST, Lexer, LineCounter, Parser } from 'yaml';
import { YamlLimitError, YamlLimits } from './yamlLimits';

/** What the lexer gives before the text of a plain or block scalar. */
const SCALAR = '\x1f';
const DOCUMENT = '\x02';
const bounds = ['words', 'documents', 'aliases', 'depth', 'errors'] as const;

/**
 * The tokens of a YAML text, counted while they are read: what is beyond a
 * limit is refused before a node is made of it.
 *
 * @throws YamlLimitError while it is iterated
 */
export function* yamlTokens(
  text: string,
  lines: LineCounter,
  limits: YamlLimits,
): Generator<CST.Token> {
  if (text.length > limits.characters) {
    throw new YamlLimitError('characters', limits);
  }
  const parser = new Parser(lines.addNewLine);
  const seen = { words: 0, documents: 0, aliases: 0, depth: 0, errors: 0 };
  // As the library itself starts a parse.
  lines.addNewLine(0);
  let offset = 0;
  let before = '';
  for (const word of new Lexer().lex(text)) {
    seen.words += 1;
    if (before !== SCALAR) {
      if (word === '---') seen.documents += 1;
      if (word[0] === '*' || word[0] === '&') seen.aliases += 1;
    }
    for (const token of parser.next(word)) {
      if (token.type === 'error') seen.errors += 1;
      yield token;
    }
    // What is open: a document, its collections, and a scalar.
    seen.depth = parser.stack.length - 1;
    for (const bound of bounds) {
      if (seen[bound] > limits[bound]) {
        throw new YamlLimitError(bound, limits, lines.linePos(offset).line);
      }
    }
    if (word !== SCALAR && word !== DOCUMENT) offset += word.length;
    before = word;
  }
  yield* parser.end();
}
