import { checkEach } from './checkEach';
import { evidenceOf, Finding, Gate, ReviewedFile } from './Gate';

/** Files that say what linters and formatters look for. */
const configuration =
  /(?:^|\/)(?:\.eslintrc[^/]*|eslint\.config\.[^/]+|\.prettierrc[^/]*|prettier\.config\.[^/]+|tslint\.json|\.sqlfluff(?:ignore)?|\.flake8|\.?ruff\.toml|\.?pylintrc|\.isort\.cfg|mypy\.ini|\.bandit|checkstyle[^/]*\.xml|pmd[^/]*\.xml|spotbugs[^/]*\.xml|scalastyle[^/]*\.xml|\.scalafmt\.conf|\.scalafix\.conf|\.golangci\.[^/]+|clippy\.toml|rustfmt\.toml|\.rubocop\.yml|\.editorconfig|\.eslintignore|\.prettierignore)$/i;

/** Words in the code that switch a rule off. */
const suppression =
  /eslint-disable|@ts-(?:ignore|nocheck|expect-error)|prettier-ignore|biome-ignore|\bnoqa\b|sqlfluff:(?:disable|off)|pylint:\s*disable|mypy:\s*ignore|#\s*type:\s*ignore|#\s*nosec\b|#\s*fmt:\s*(?:off|skip)|pragma:\s*no\s*cover|istanbul ignore|c8 ignore|@SuppressWarnings|@SuppressFBWarnings|@nowarn\b|scalastyle:off|scalafix:off|format:\s*off|checkstyle:off|NOSONAR|nolint\b|#!?\[allow\(|rubocop:disable/i;

/** Finds rules that a change switches off instead of keeping them. */
export const lintRules: Gate = {
  name: 'lintRules',
  check({ files }) {
    return checkEach(files, file =>
      configuration.test(file.path)
        ? [
            {
              file: file.path,
              message: 'The change alters what linters or formatters look for',
            },
          ]
        : suppressions(file),
    );
  },
};

/** A line that only moved, or was changed beside its suppression, switches nothing off. */
function suppressions(file: ReviewedFile): Finding[] {
  const before = new Map<string, number>();
  for (const { text } of file.removed) {
    const [word] = suppression.exec(text) ?? [];
    if (word) before.set(word, (before.get(word) ?? 0) + 1);
  }
  return file.added.flatMap(({ line, text }) => {
    const [word] = suppression.exec(text) ?? [];
    if (!word) return [];
    const known = before.get(word) ?? 0;
    before.set(word, known - 1);
    return known > 0
      ? []
      : [
          {
            file: file.path,
            line,
            message: `The change switches a rule off with '${word}'`,
            evidence: evidenceOf(text),
          },
        ];
  });
}
