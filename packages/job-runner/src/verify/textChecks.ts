import { SourceFile } from '@skein/mapping-rewriter';
import { CheckResult } from '../protocol';
import { dbtReferencesCheck } from './dbtReferencesCheck';
import { TextCheck } from './Verifier';
import { yamlCheck } from './yamlCheck';

const textChecks: TextCheck[] = [yamlCheck, dbtReferencesCheck];

const LISTED = 50;

/** What our own checks found in the untouched files. */
export interface TextBaseline {
  results: CheckResult[];
  problems: Map<TextCheck, string[]>;
}

/** Our own checks before the transform; what they find is noted and blamed on nobody. */
export function checkTextsBefore(files: SourceFile[]): TextBaseline {
  const baseline: TextBaseline = { results: [], problems: new Map() };
  for (const check of textChecks.filter(each => each.applies(files))) {
    const startedAt = Date.now();
    const problems = check.problems(files);
    baseline.problems.set(check, problems);
    baseline.results.push(
      resultOf(check, problems, startedAt, {
        good: 'no problem',
        bad: `${problems.length} before any change, not blamed on it`,
      }),
    );
  }
  return baseline;
}

/** Our own checks after the transform; only problems that were not there before count. */
export function checkTextsAfter(
  files: SourceFile[],
  baseline: TextBaseline,
): CheckResult[] {
  return [...baseline.problems].map(([check, before]) => {
    const startedAt = Date.now();
    const known = new Set(before);
    const fresh = check.problems(files).filter(problem => !known.has(problem));
    return resultOf(check, fresh, startedAt, {
      good: before.length > 0 ? 'no new problem' : 'no problem',
      bad: fresh[0],
    });
  });
}

function resultOf(
  check: TextCheck,
  problems: string[],
  startedAt: number,
  words: { good: string; bad: string },
): CheckResult {
  const failed = problems.length > 0;
  return {
    name: check.name,
    source: 'skein',
    outcome: failed ? 'failed' : 'passed',
    summary: failed ? words.bad : words.good,
    ...(failed && { output: problems.slice(0, LISTED).join('\n') }),
    durationMs: Date.now() - startedAt,
  };
}
