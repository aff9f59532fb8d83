import { SourceFile } from '@skein/mapping-rewriter';

/** A file of a repository that may declare checks. */
export interface DeclarationFile {
  content: string;
  executable: boolean;
}

/** A command of the repository that tells whether it works. */
export interface RepositoryCheck {
  name: string;
  /** Empty where there is a problem. */
  command: string[];
  /** Folder to run it in, relative to the repository; empty for its root. */
  folder: string;
  /** The repository names it as a check; one that was only guessed is skipped where its program is missing. */
  declared: boolean;
  /** Why it cannot be run; it counts as failed. */
  problem?: string;
}

/** Finds the checks that a repository brings. */
export interface Verifier {
  readonly name: string;
  /** Name of the file that declares the checks, in the target's folder or in the repository's root. */
  readonly file: string;
  /** @returns nothing where the file declares none */
  detect(file: DeclarationFile, folder: string): RepositoryCheck[];
}

/** A check of our own on the texts of a target: what is wrong now, and was not before, is the rewrite's fault. */
export interface TextCheck {
  readonly name: string;
  /** Whether it can say anything about these files. */
  applies(files: SourceFile[]): boolean;
  /** One line each; the same problem gives the same line before and after. */
  problems(files: SourceFile[]): string[];
}
