import { z } from 'zod';
import { GitError } from '../../checkout/Git';
import { isSecretPath } from '../../paths/isSecretPath';
import { boundText } from '../../process/boundText';
import { AgentTool, defineTool } from './AgentTool';
import { boundMatches, matchBounds } from './boundMatches';
import { ToolContext } from './ToolContext';

const MILLISECONDS = 30_000;

/** Searches git's objects, not the work tree, with git's own matcher: nothing outside can be reached. */
export function searchTool(context: ToolContext): AgentTool {
  const { workspace, outputBytes } = context;
  return defineTool({
    name: 'search_files',
    description: `Searches the text files of the repository, as they are now. Gives file:line:text, at most ${matchBounds.perFile} matches of a file and ${matchBounds.all} in all.`,
    input: z.object({
      query: z.string().min(1).max(1_000),
      regex: z
        .boolean()
        .optional()
        .describe('query is a POSIX extended regular expression, else a text'),
      ignore_case: z.boolean().optional(),
      folder: z.string().max(4_096).optional(),
    }),
    async run({ query, regex, ignore_case: ignoreCase, folder = '' }) {
      const prefix = folder.replace(/^\.?\/*|\/+$/g, '');
      const git = workspace.checkout.git.until(
        AbortSignal.any([context.signal, AbortSignal.timeout(MILLISECONDS)]),
      );
      const tree = await workspace.tree();
      try {
        const output = await git.text([
          ...['grep', '-n', '-I', '--full-name', '--no-color', '--no-textconv'],
          ...['-m', String(matchBounds.perFile + 1), regex ? '-E' : '-F'],
          ...(ignoreCase ? ['-i'] : []),
          ...['-e', query, tree],
          ...(prefix === '' ? [] : ['--', prefix]),
        ]);
        const matches = output
          .split('\n')
          .map(line => line.slice(tree.length + 1))
          .filter(line => !isSecretPath(line.split(/:\d+:/, 1)[0]));
        return {
          text: boundText(boundMatches(matches).join('\n'), outputBytes),
        };
      } catch (error) {
        context.signal.throwIfAborted();
        if (!(error instanceof GitError)) throw error;
        if (error.exitCode === 1) {
          return { text: 'Nothing was found', trusted: true };
        }
        if (error.exitCode !== undefined) {
          return { text: error.output.trim(), failed: true };
        }
        return {
          text: `The search took longer than ${
            MILLISECONDS / 1_000
          } s, or found more than can be read: name a folder, or look for a longer text`,
          failed: true,
          trusted: true,
        };
      }
    },
  });
}
