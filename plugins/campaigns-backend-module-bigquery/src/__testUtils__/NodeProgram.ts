import { execFile } from 'child_process';
import { build } from 'esbuild';
import { join } from 'path';

/**
 * For tests: a module that runs in a Node of its own. Google's client loads
 * parts of itself in a way that Jest's own module loader does not know.
 */
export class NodeProgram<T> {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  static async create<T>(
    folder: string,
    entryPoint: string,
  ): Promise<NodeProgram<T>> {
    const outfile = join(folder, 'program.cjs');
    await build({
      entryPoints: [entryPoint],
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node22',
      format: 'cjs',
      logLevel: 'silent',
    });
    return new NodeProgram(outfile);
  }

  /** @returns what it printed, as JSON */
  async run(input: object): Promise<T> {
    const output = await new Promise<string>((resolve, reject) => {
      execFile(
        process.execPath,
        [this.#file, JSON.stringify(input)],
        { env: {} },
        (error, stdout, stderr) =>
          error ? reject(new Error(stderr)) : resolve(stdout),
      );
    });
    return JSON.parse(output);
  }
}
