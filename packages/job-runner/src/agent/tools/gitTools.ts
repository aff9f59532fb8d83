import { z } from 'zod';
import { boundText } from '../../process/boundText';
import { AgentTool, defineTool } from './AgentTool';
import { ToolContext } from './ToolContext';

/** Tools that show what was changed. None of them writes. */
export function gitTools(context: ToolContext): AgentTool[] {
  return [gitStatus(context), gitDiff(context), gitLog(context)];
}

function gitStatus({ workspace, outputBytes }: ToolContext): AgentTool {
  return defineTool({
    name: 'git_status',
    description: 'Lists the files that were changed so far, by anyone.',
    input: z.object({}),
    async run() {
      const paths = await workspace.changedPaths();
      const text = paths.length > 0 ? paths.join('\n') : 'Nothing is changed';
      return { text: boundText(text, outputBytes) };
    },
  });
}

function gitDiff({ workspace, outputBytes }: ToolContext): AgentTool {
  return defineTool({
    name: 'git_diff',
    description:
      'Shows all changes so far against the commit that the job started from, or those of one file or folder.',
    input: z.object({ path: z.string().max(4_096).optional() }),
    async run({ path }) {
      const tree = await workspace.tree();
      const diff = await workspace.checkout.diff(tree, path ? [path] : []);
      const text = diff.length > 0 ? diff.toString('utf8') : 'No difference';
      return { text: boundText(text, outputBytes) };
    },
  });
}

function gitLog({ workspace, outputBytes }: ToolContext): AgentTool {
  return defineTool({
    name: 'git_log',
    description:
      'Shows the history of the checkout. It holds the commit that the job started from and none before it.',
    input: z.object({}),
    async run() {
      const { git, sourceCommit } = workspace.checkout;
      const log = await git.text([
        ...['log', '--max-count=20', '--no-color', '--no-show-signature'],
        ...['--format=%H %cI %s', sourceCommit],
      ]);
      return { text: boundText(log, outputBytes) };
    },
  });
}
