import { z } from 'zod';
import { boundText } from '../../process/boundText';
import { AgentTool, defineTool } from './AgentTool';
import { ToolContext } from './ToolContext';

/** What `verify` says of itself, to our own agent and over MCP. */
export const VERIFY_DESCRIPTION =
  "Verifies the change so far: our own checks, and those that the repository brings. A short success, or only the errors that matter. It takes as long as the repository's tests take.";

/** One opaque tool: which checks there are, and how they are run, is not the model's to choose. */
export function verifyTool(context: ToolContext): AgentTool {
  return defineTool({
    name: 'verify',
    description: VERIFY_DESCRIPTION,
    input: z.object({}),
    async run() {
      const { ok, text } = await context.verify();
      return { text: boundText(text, context.outputBytes), failed: !ok };
    },
  });
}
