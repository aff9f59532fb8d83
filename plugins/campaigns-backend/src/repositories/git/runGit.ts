import { GitOptions, spawnGit } from './spawnGit';

/** Default for {@link runGit}. */
const OUTPUT_BYTES = 16 * 1024 * 1024;

/**
 * Runs git to its end.
 *
 * @param args - never through a shell; put `--` before what others chose
 * @returns its output
 * @throws GitError where git fails, takes too long, or says more than `maxOutputBytes`
 */
export async function runGit(
  args: string[],
  options: GitOptions & { input?: string | Buffer; maxOutputBytes?: number },
): Promise<Buffer> {
  const limit = options.maxOutputBytes ?? OUTPUT_BYTES;
  const { child, ended, kill } = spawnGit(args, options);
  const chunks: Buffer[] = [];
  let size = 0;
  child.stdout!.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > limit) kill(`gave more than ${limit} bytes`);
    else chunks.push(chunk);
  });
  // Git may end before it has read all; `ended` tells what happened.
  child.stdin!.on('error', () => {});
  child.stdin!.end(options.input);
  await ended;
  return Buffer.concat(chunks, size);
}

/** {@link runGit} for one line of text, trimmed. */
export async function runGitText(
  args: string[],
  options: Parameters<typeof runGit>[1],
): Promise<string> {
  return (await runGit(args, options)).toString('utf8').trim();
}
