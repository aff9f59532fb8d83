import { z } from 'zod';
import { runInWorkspace } from '../../command/runInWorkspace';
import { boundText } from '../../process/boundText';
import { AgentTool, defineTool } from './AgentTool';
import { ToolContext } from './ToolContext';

const MILLISECONDS = 5 * 60_000;
const PRINTED_BYTES = 16 * 1024 * 1024;

/** Runs a command that the campaign allows; there is no shell, so words are words. */
export function bashTool(context: ToolContext): AgentTool {
  const { allowlist, environment, outputBytes, signal, workspace } = context;
  return defineTool({
    name: 'bash',
    description: `Runs one command in the target's folder, without a shell: no pipes, no variables, no redirection. Allowed are only these, word by word, where * stands for a plain word or a part of one: ${allowlist.describe()}. Files that it changes are taken over.`,
    input: z.object({
      command: z
        .array(z.string().max(4_096))
        .min(1)
        .max(100)
        .describe('The program and its arguments, one word each'),
    }),
    async run({ command }) {
      const problem = allowlist.problemOf(command);
      if (problem) return { text: problem, failed: true, trusted: true };
      const end = await runInWorkspace(workspace, command, environment, {
        timeoutMilliseconds: MILLISECONDS,
        outputBytes: PRINTED_BYTES,
        signal,
      });
      signal.throwIfAborted();
      const how =
        end.type === 'exited' ? `exit code ${end.code}` : `ended: ${end.type}`;
      return {
        text: [
          how,
          ...(end.files.length > 0 ? [`changed: ${end.files.join(', ')}`] : []),
          ...(end.left.length > 0 ? [`not taken: ${end.left.join('; ')}`] : []),
          boundText(end.output, outputBytes),
        ].join('\n'),
        failed: end.type !== 'exited' || end.code !== 0,
      };
    },
  });
}
