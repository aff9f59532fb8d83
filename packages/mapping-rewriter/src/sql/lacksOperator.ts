import { Cursor } from './Cursor';
import { CLAUSE_KEYWORDS, DATE_PARTS, EXPRESSION_KEYWORDS } from './keywords';
import { Token } from '../tokens/Token';

/** Words that stand between operands, or begin what stands behind one, in some dialect. */
const OPERATOR_WORDS = new Set(
  `AT TIME ZONE LOCAL DIV MOD XOR GLOB MATCH AGAINST OVERLAPS CONTAINS SOUNDS
  MEMBER OF SYMMETRIC ASYMMETRIC FOR FORMAT BOTH LEADING TRAILING SEPARATOR
  KEEP DENSE_RANK FIRST LAST CURRENT ROW EXCLUDE NO OTHERS TIES MAX MIN ERROR
  EMPTY OVERFLOW TRUNCATE RETURNING PASSING COLUMNS PATH KEY VALUE VALUES JSON
  UNKNOWN ISNULL NOTNULL BINARY PRIOR SKIP PRECISION VARYING WITHOUT WITH
  INCLUDE COUNT IF BERNOULLI SYSTEM PERCENT ONLY NEXT PLACING QUOTES WRAPPER
  CONDITIONAL UNCONDITIONAL ABSENT UNIQUE KEYS STRICT`.split(/\s+/),
);

const isKeyword = ({ upper }: Token) =>
  EXPRESSION_KEYWORDS.has(upper) ||
  CLAUSE_KEYWORDS.has(upper) ||
  OPERATOR_WORDS.has(upper) ||
  DATE_PARTS.has(upper);

/**
 * Whether a name or a literal stands right behind another one: then a word
 * between them, or one of the two, means something that is not known here.
 */
export function lacksOperator(cursor: Cursor): boolean {
  const token = cursor.peek();
  const { previous } = cursor;
  if (token.afterTag || !isOperand(token)) {
    return false;
  }
  switch (previous.kind) {
    case 'op':
      return previous.text === ')' || previous.text === ']';
    case 'word':
      return (
        !isKeyword(previous) || /^(END|NULL|TRUE|FALSE)$/.test(previous.upper)
      );
    case 'string':
      return token.kind !== 'string';
    case 'number':
    case 'quoted':
      return true;
    default:
      return false;
  }
}

/** What Jinja makes may as well be an operator. */
function isOperand(token: Token): boolean {
  switch (token.kind) {
    case 'word':
      return !isKeyword(token);
    case 'string':
      // with the prefix of a literal, as in `N'...'`
      return !token.glued;
    case 'number':
    case 'quoted':
      return true;
    default:
      return false;
  }
}
