import { SqlDialect } from '../types';
import { tokenize } from '../tokens/tokenize';
import { parseSql } from '../sql/parseSql';

/** A column that a transform reads: lower-case path, and its place in the text. */
export interface TransformRead {
  path: string[];
  start: number;
  end: number;
}

/** A transform, read once: where its columns stand, and whether it needs parentheses. */
export interface Transform {
  text: string;
  reads: TransformRead[];
  /** Can stand as an operand without parentheses. */
  atomic: boolean;
  /** Why it cannot be used; undefined where it can. */
  problem?: string;
}

const START = 'SELECT ';

/** Reads a transform expression. Never throws. */
export function readTransform(text: string, dialect: SqlDialect): Transform {
  const { tokens } = tokenize(START + text, { dialect, jinja: false });
  const tree = parseSql(tokens, dialect);
  const scope = tree.scopes.find(s => s.kind === 'select');
  const reads: TransformRead[] = (scope?.refs ?? []).map(ref => ({
    path: ref.parts.map(part => (part.value ?? '').toLowerCase()),
    start: ref.start - START.length,
    end: ref.end - START.length,
  }));
  const body = tokens.slice(1);
  const transform: Transform = {
    text,
    reads,
    atomic: isAtomic(body.map(t => t.text)),
  };
  const [statement] = tree.statements;
  if (text.trim() === '') {
    transform.problem = 'it is empty';
  } else if (statement.problem) {
    transform.problem = statement.problem.reason;
  } else if (tree.statements.length > 1 || !scope) {
    transform.problem = 'it is more than one expression';
  } else if (scope.items.length !== 1 || scope.items[0].alias) {
    transform.problem = 'it is not one expression';
  } else if (scope.sources.length > 0 || tree.scopes.length > 1) {
    transform.problem = 'it holds a query';
  } else if (unbalanced(body.map(t => t.text))) {
    transform.problem = 'a parenthesis or a quote is not closed';
  } else if (
    /^[=<>*/|,)]|[-+=<>*/|,(]$/.test(text.trim()) ||
    /\b(AND|OR|NOT|AS|CAST)\s*$/i.test(text.trim())
  ) {
    transform.problem = 'an operand is missing';
  } else if (
    /--|\/\*|#/.test(text) &&
    tokenize(text, { dialect, jinja: false }).comments.length > 0
  ) {
    transform.problem = 'it holds a comment';
  }
  return transform;
}

function unbalanced(texts: string[]): boolean {
  let open = 0;
  for (const text of texts) {
    if (text === '(' || text === '[') {
      open += 1;
    } else if (text === ')' || text === ']') {
      open -= 1;
    } else if (text === "'" || text === '"' || text === '`') {
      return true;
    }
    if (open < 0) {
      return true;
    }
  }
  return open !== 0;
}

/** A name, a literal, one call or one parenthesis. */
function isAtomic(texts: string[]): boolean {
  let open = 0;
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i];
    if (text === '(' || text === '[') {
      open += 1;
    } else if (text === ')' || text === ']') {
      open -= 1;
      if (open === 0 && i < texts.length - 1 && texts[i + 1] !== '.') {
        return false;
      }
    } else if (open === 0 && i > 0 && text !== '.' && texts[i - 1] !== '.') {
      return false;
    }
  }
  return true;
}
