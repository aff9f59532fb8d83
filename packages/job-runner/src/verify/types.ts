import { SourceFile } from '@skein/mapping-rewriter';
import { Failure } from '../extract';
import { CheckResult, JobSpec } from '../protocol';

/** What a folder of the repository holds, for verifiers to look at. */
export interface FolderView {
  /** Relative to the repository; empty for its root. */
  readonly folder: string;
  /** Names of the files in it that git knows. */
  readonly names: ReadonlySet<string>;
  /** Text of one of the verifier's `files`; undefined where there is none, or too large a one. */
  read(name: string): string | undefined;
  isExecutable(name: string): boolean;
  /** Whether something lies in the work tree, which also holds what git does not know: `node_modules`. */
  inWorkTree(path: string): boolean;
  /** Whether a program is on this machine. */
  hasProgram(name: string): boolean;
}

/** A command of the repository that tells whether it works. */
export interface RepositoryCheck {
  name: string;
  /** Empty where there is a problem. */
  command: string[];
  /** Folder to run it in, relative to the repository; empty for its root. */
  folder: string;
  /** The repository names it as a check; one that was only guessed is skipped where it cannot be run. */
  declared: boolean;
  /**
   * `test` is a verdict on whether the repository works; `lint` is about form:
   * it is always compared failure by failure and holds no target up.
   */
  role: 'test' | 'lint';
  /** Set beside the environment that all checks have. */
  environment?: Record<string, string>;
  /** It fails by printing something, whatever its exit code: `gofmt -l`. */
  failsOnOutput?: boolean;
  /** Why it cannot be run here; it is skipped. */
  unavailable?: string;
  /** What is wrong with its declaration; it counts as failed. */
  problem?: string;
}

/** Finds the checks that a repository brings by one kind of file. */
export interface Verifier {
  readonly name: string;
  /**
   * - `declared`: where it finds checks, nothing else is run
   * - `entry`: the repository's own way to run its tests; those of its tools are not run beside it
   * - `tool`: what a tool's files tell
   */
  readonly kind: 'declared' | 'entry' | 'tool';
  /** Names of the files that it reads. */
  readonly files: readonly string[];
  /** @returns nothing where the folder has none of its checks */
  detect(view: FolderView): RepositoryCheck[];
}

/** A check of our own on the texts of a target: what is wrong now, and was not before, is the change's fault. */
export interface TextCheck {
  readonly name: string;
  /** Whether passing it says that a change is right, and not only well-formed. */
  readonly verifies: boolean;
  /** Whether it can say anything about these files. */
  applies(files: SourceFile[], context: TextContext): boolean;
  /** The same problem gives the same message before and after. */
  problems(files: SourceFile[], context: TextContext): TextProblem[];
}

/** What our own checks know of the job. */
export type TextContext = Pick<JobSpec, 'mappings' | 'options'> & {
  /** Files of the target as they were before any change. */
  original: SourceFile[];
  /** Folder of the target in the repository; paths of the files are relative to it. */
  path: string;
};

/** What is wrong in a text. */
export interface TextProblem {
  /** Relative to the target. */
  file: string;
  line?: number;
  message: string;
}

/** A check that was run. */
export interface RanCheck {
  result: CheckResult;
  role: RepositoryCheck['role'];
  /** Whether its verdict tells a good change from a bad one. */
  verifies: boolean;
  /** All that was found, of which the result holds the first. */
  failures: Failure[];
  /** A limit that ended it. */
  limit?: 'timeout' | 'output-limit';
}
