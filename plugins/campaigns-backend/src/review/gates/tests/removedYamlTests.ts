import { parseAllDocuments } from 'yaml';
import { evidenceOf, Finding, ReviewedFile } from '../Gate';

const weaker =
  /^\s*-?\s*(?:severity:\s*['"]?warn|enabled:\s*['"]?false|warn_if:|error_if:|limit:)/i;

/** Tests that a dbt project's YAML declares: fewer of them, or ones that no longer fail. */
export function removedYamlTests(file: ReviewedFile): Finding[] {
  if (!/\.ya?ml$/i.test(file.path) || file.before === undefined) return [];
  const before = countTests(file.before);
  if (before === 0) return [];
  const findings: Finding[] = [];
  const after = countTests(file.after ?? '');
  if (after < before) {
    findings.push({
      file: file.path,
      message: `The file declared ${before} tests and declares ${after} after the change`,
    });
  }
  const known = file.removed.filter(({ text }) => weaker.test(text)).length;
  for (const { line, text } of file.added
    .filter(each => weaker.test(each.text))
    .slice(known)) {
    findings.push({
      file: file.path,
      line,
      message: 'The change lets a test pass that would fail',
      evidence: evidenceOf(text),
    });
  }
  return findings;
}

/** Entries of all lists named `tests` or `data_tests`; YAML that cannot be read has none. */
function countTests(text: string): number {
  try {
    return parseAllDocuments(text, { maxAliasCount: 100 } as object).reduce(
      (sum, document) => sum + countIn(document.toJS({ maxAliasCount: 100 })),
      0,
    );
  } catch {
    return 0;
  }
}

function countIn(node: unknown, depth = 0): number {
  if (typeof node !== 'object' || node === null || depth > 50) return 0;
  if (Array.isArray(node)) {
    return node.reduce((sum, each) => sum + countIn(each, depth + 1), 0);
  }
  return Object.entries(node).reduce((sum, [key, value]) => {
    const own =
      /^(?:data_|unit_)?tests$/.test(key) && Array.isArray(value)
        ? value.length
        : 0;
    return sum + own + countIn(value, depth + 1);
  }, 0);
}
