import { spawn } from 'node:child_process';

export interface GitResult {
  code: number;
  stdout: Buffer;
  stderr: string;
}

/** Git as the forge runs it: no configuration but the repository's own, no prompts. */
export const gitEnvironment: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  LC_ALL: 'C.UTF-8',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
};

/** A git command that ended with a code its caller did not expect. */
export class GitCommandError extends Error {
  readonly name = 'GitCommandError';

  constructor(args: string[], readonly code: number, readonly stderr: string) {
    super(
      `git ${args.slice(0, 4).join(' ')} ended with ${code}: ${stderr.trim()}`,
    );
  }
}

/**
 * Runs git in a bare repository.
 *
 * @param options.codes - exit codes besides 0 that are answers, not failures
 * @throws GitCommandError on any other exit code
 */
export async function runGit(
  gitDirectory: string,
  args: string[],
  options: { input?: string | Buffer; codes?: number[] } = {},
): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['--git-dir', gitDirectory, ...args], {
      env: gitEnvironment,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', chunk => output.push(chunk));
    child.stderr.on('data', chunk => errors.push(chunk));
    child.on('error', reject);
    // Git may end before it has read all of its input; its exit code tells.
    child.stdin.on('error', () => undefined);
    child.on('close', code => {
      const result = {
        code: code ?? -1,
        stdout: Buffer.concat(output),
        stderr: Buffer.concat(errors).toString(),
      };
      if (result.code === 0 || options.codes?.includes(result.code)) {
        resolve(result);
      } else {
        reject(new GitCommandError(args, result.code, result.stderr));
      }
    });
    child.stdin.end(options.input);
  });
}
