import { execFileSync } from 'child_process';
import path from 'path';

/**
 * The program that looks for patterns: the one that `@vscode/ripgrep` brings
 * for this machine, else one that is installed.
 *
 * @returns undefined where there is none
 */
export function findRipgrep(): string | undefined {
  const name = process.platform === 'win32' ? 'rg.exe' : 'rg';
  try {
    // The package is for import alone, and its platforms' packages are its own.
    const from = path.dirname(require.resolve('@vscode/ripgrep'));
    return require.resolve(
      `@vscode/ripgrep-${process.platform}-${process.arch}/bin/${name}`,
      { paths: [from] },
    );
  } catch {
    try {
      execFileSync(name, ['--version'], { stdio: 'ignore', timeout: 5_000 });
      return name;
    } catch {
      return undefined;
    }
  }
}
