import { parse } from 'yaml';
import { RepositoryCheck, Verifier } from '../types';

const MAX_CHECKS = 20;

/**
 * Checks that a repository declares for Skein in `.skein.yaml`:
 *
 * ```yaml
 * version: 1
 * verify:
 *   - name: models compile
 *     command: [python3, scripts/check.py]
 * ```
 */
export const skeinFileVerifier: Verifier = {
  name: '.skein.yaml',
  kind: 'declared',
  files: ['.skein.yaml'],
  detect(view) {
    const text = view.read('.skein.yaml');
    const { folder } = view;
    if (text === undefined) return [];
    try {
      return readChecks(parse(text, { maxAliasCount: 0 }), folder);
    } catch (error) {
      const [problem] = (error as Error).message.split('\n');
      return [
        {
          name: '.skein.yaml',
          command: [],
          folder,
          declared: true,
          role: 'test' as const,
          problem: `.skein.yaml cannot be used: ${problem}`,
        },
      ];
    }
  },
};

function readChecks(content: unknown, folder: string): RepositoryCheck[] {
  const { version, verify } = (content ?? {}) as Record<string, unknown>;
  if (version !== 1) throw new Error('`version` must be 1');
  if (verify === undefined) return [];
  if (!Array.isArray(verify) || verify.length > MAX_CHECKS) {
    throw new Error(
      `\`verify\` must be a list of at most ${MAX_CHECKS} checks`,
    );
  }
  return verify.map((entry, index) => {
    const { name, command } = (entry ?? {}) as Record<string, unknown>;
    const valid =
      Array.isArray(command) &&
      command.length > 0 &&
      command[0] !== '' &&
      command.every(word => typeof word === 'string' && !word.includes('\0'));
    if (!valid) {
      throw new Error(`\`verify[${index}].command\` must be a list of words`);
    }
    return {
      name: typeof name === 'string' && name ? name : command.join(' '),
      command,
      folder,
      declared: true,
      role: 'test' as const,
    };
  });
}
