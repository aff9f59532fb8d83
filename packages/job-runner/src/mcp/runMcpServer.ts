import { IncomingMessage, request } from 'http';
import { text } from 'stream/consumers';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { VERIFY_DESCRIPTION } from '../agent/tools/verifyTool';

/**
 * Serves `verify` as an MCP tool over standard input and output, for an agent
 * of another make that works in the same sandbox. It does nothing itself: the
 * runner of the job, which started that agent, verifies the work tree as it is.
 */
export async function runMcpServer(
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const { SKEIN_VERIFY_URL: url, SKEIN_VERIFY_TOKEN: token } = environment;
  if (!url || !token) {
    throw new Error(
      'SKEIN_VERIFY_URL and SKEIN_VERIFY_TOKEN must be set; the command step of a job sets them',
    );
  }
  const server = new McpServer({ name: 'skein', version: '1' });
  server.registerTool(
    'verify',
    { description: VERIFY_DESCRIPTION, inputSchema: {} },
    async () => {
      const answer = await askRunner(url, token);
      return {
        content: [{ type: 'text', text: answer.text }],
        isError: !answer.ok,
      };
    },
  );
  await server.connect(new StdioServerTransport());
}

async function askRunner(
  url: string,
  token: string,
): Promise<{ ok: boolean; text: string }> {
  // Not fetch, which waits five minutes for an answer and no longer.
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` };
    request(url, { method: 'POST', headers }, resolve)
      .on('error', reject)
      .end();
  });
  const answer = await text(response);
  if (response.statusCode !== 200) {
    return {
      ok: false,
      text: `The runner does not verify now (status ${response.statusCode})`,
    };
  }
  return JSON.parse(answer);
}
