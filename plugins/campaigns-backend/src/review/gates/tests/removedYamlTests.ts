import { RepositoryYaml } from '../../../references';
import { evidenceOf, Finding, ReviewedFile } from '../Gate';

const weaker =
  /^(?:-\s*)?(?:severity:\s*['"]?warn|enabled:\s*['"]?false|warn_if:|error_if:|limit:)/i;

/** Tests that a dbt project's YAML declares: fewer of them, or ones that no longer fail. */
export async function removedYamlTests(
  file: ReviewedFile,
  yaml: RepositoryYaml,
): Promise<Finding[]> {
  if (!/\.ya?ml$/i.test(file.path) || file.before === undefined) return [];
  const declared = await countTests(file.before, yaml);
  if (declared === 0) return [];
  return [
    ...removedTests(file, declared, await countTests(file.after ?? '', yaml)),
    ...weakenedTests(file),
  ];
}

function removedTests(
  { path }: ReviewedFile,
  declared: number | Error,
  left: number | Error,
): Finding[] {
  for (const count of [declared, left]) {
    if (count instanceof Error) {
      return [
        {
          file: path,
          message: `The tests that the file declares could not be counted: ${count.message}. Check that none is gone`,
        },
      ];
    }
  }
  if (left >= declared) return [];
  return [
    {
      file: path,
      message: `The file declared ${declared} tests and declares ${left} after the change`,
    },
  ];
}

function weakenedTests({ path, added, removed }: ReviewedFile): Finding[] {
  const isWeaker = ({ text }: { text: string }) =>
    weaker.test(text.trimStart());
  const known = removed.filter(isWeaker).length;
  return added
    .filter(isWeaker)
    .slice(known)
    .map(({ line, text }) => ({
      file: path,
      line,
      message: 'The change lets a test pass that would fail',
      evidence: evidenceOf(text),
    }));
}

/** An error where a text that may declare tests could not be read to its end. */
async function countTests(
  text: string,
  yaml: RepositoryYaml,
): Promise<number | Error> {
  if (!/tests/.test(text)) return 0;
  try {
    return await yaml.read('tests', text);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
