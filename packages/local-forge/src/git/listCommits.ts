import { runGit } from './runGit';

export interface LogOptions {
  /** Leaves out what can be reached from here */
  from?: string;
  /** 1000 unless given */
  limit?: number;
  /** Only commits that touch this file or folder */
  path?: string;
  since?: string;
  until?: string;
  author?: string;
}

/** Ids of the commits reachable from a commit, newest first. */
export async function listCommits(
  gitDirectory: string,
  to: string,
  options: LogOptions,
): Promise<string[]> {
  const { from, limit = 1000, path, since, until, author } = options;
  const { stdout } = await runGit(gitDirectory, [
    'rev-list',
    '--topo-order',
    `--max-count=${limit}`,
    ...(since ? [`--since=${since}`] : []),
    ...(until ? [`--until=${until}`] : []),
    ...(author ? ['--fixed-strings', `--author=${author}`] : []),
    to,
    ...(from ? [`^${from}`] : []),
    '--',
    ...(path ? [`:(literal)${path}`] : []),
  ]);
  return stdout.toString().split('\n').filter(Boolean);
}
