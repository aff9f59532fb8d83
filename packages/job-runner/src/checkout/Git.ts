import { execFile } from 'child_process';

/**
 * Nothing that a repository, a user or the system configures may act: no hooks,
 * no filters, no file system monitor, no attributes that change bytes, no
 * other protocol than a local file.
 */
const settings: Record<string, string> = {
  'core.hooksPath': '/dev/null',
  'core.fsmonitor': 'false',
  'core.untrackedCache': 'false',
  'core.autocrlf': 'false',
  'core.eol': 'lf',
  'core.safecrlf': 'false',
  'core.attributesFile': '/dev/null',
  'core.protectHFS': 'true',
  'core.protectNTFS': 'true',
  'core.quotePath': 'true',
  'core.looseCompression': '0',
  'diff.noprefix': 'false',
  'diff.mnemonicPrefix': 'false',
  'gc.auto': '0',
  'maintenance.auto': 'false',
  'protocol.allow': 'never',
  'protocol.file.allow': 'always',
  'submodule.recurse': 'false',
  'fetch.recurseSubmodules': 'false',
};

/** Overrides whatever attributes a repository has: files are bytes, and text when compared. */
export const NEUTRAL_ATTRIBUTES =
  '* -text -eol -filter -ident -working-tree-encoding -export-ignore -export-subst diff\n';

/** Output of git that is read, in bytes; a longer one is an error. */
const OUTPUT_BYTES = 128 * 1024 ** 2;

/** Git failed; `output` is what it said. */
export class GitError extends Error {
  readonly output: string;
  /** With which it ended by itself; undefined where it was ended, or not started. */
  readonly exitCode: number | undefined;

  constructor(command: string, output: string, exitCode?: number) {
    super(`git ${command} failed: ${output.trim().split('\n').pop()}`);
    this.name = 'GitError';
    this.output = output;
    this.exitCode = exitCode;
  }
}

/** Runs git on a repository whose content is hostile. */
export class Git {
  readonly gitDir: string;
  readonly workTree: string;
  readonly #signal: AbortSignal;
  readonly #indexFile: string | undefined;

  constructor(
    gitDir: string,
    workTree: string,
    signal: AbortSignal,
    indexFile?: string,
  ) {
    this.#indexFile = indexFile;
    this.gitDir = gitDir;
    this.workTree = workTree;
    this.#signal = signal;
  }

  /** The same repository, until another signal. */
  until(signal: AbortSignal): Git {
    return new Git(this.gitDir, this.workTree, signal, this.#indexFile);
  }

  /** The same repository with an index of its own. */
  withIndex(indexFile: string): Git {
    return new Git(this.gitDir, this.workTree, this.#signal, indexFile);
  }

  async text(args: string[], input?: string | Buffer): Promise<string> {
    return (await this.run(args, input)).toString('utf8').trim();
  }

  /** @returns what git printed, as bytes */
  async run(args: string[], input?: string | Buffer): Promise<Buffer> {
    const command = [
      `--git-dir=${this.gitDir}`,
      `--work-tree=${this.workTree}`,
      ...Object.entries(settings).flatMap(([key, value]) => [
        '-c',
        `${key}=${value}`,
      ]),
      ...args,
    ];
    return new Promise((resolve, reject) => {
      const child = execFile(
        'git',
        command,
        {
          cwd: this.workTree,
          env: {
            ...gitEnvironment(),
            ...(this.#indexFile && { GIT_INDEX_FILE: this.#indexFile }),
          },
          encoding: 'buffer',
          maxBuffer: OUTPUT_BYTES,
          signal: this.#signal,
        },
        (error, stdout, stderr) => {
          if (!error) resolve(stdout);
          else
            reject(
              new GitError(
                args[0],
                stderr.toString() || error.message,
                typeof error.code === 'number' ? error.code : undefined,
              ),
            );
        },
      );
      child.stdin!.on('error', () => {}); // Git ended before it had read; its exit code says why.
      child.stdin!.end(input);
    });
  }
}

/** Environment in which git reads no configuration but the given one. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LFS_SKIP_SMUDGE: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_AUTHOR_NAME: 'job',
    GIT_AUTHOR_EMAIL: 'job@localhost',
    GIT_COMMITTER_NAME: 'job',
    GIT_COMMITTER_EMAIL: 'job@localhost',
  };
}
