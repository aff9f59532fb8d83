import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { EventLog } from '../client/EventLog';
import { boundText } from '../process/boundText';
import { AgentSettings } from '../protocol';
import { AgentTool } from './tools/AgentTool';

/** Tools of MCP servers, and how to end the servers. */
export interface McpTools {
  tools: AgentTool[];
  close(): Promise<void>;
}

const START_MILLISECONDS = 30_000;
const CALL_MILLISECONDS = 5 * 60_000;
const TOOLS = 50;

/**
 * Starts the MCP servers that a campaign asked for, inside of the sandbox, and
 * offers their tools as `mcp__<server>__<tool>`. One that does not start is
 * said and left out.
 */
export async function connectMcpServers(
  servers: AgentSettings['mcpServers'],
  options: {
    folder: string;
    environment: NodeJS.ProcessEnv;
    outputBytes: number;
    log: Pick<EventLog, 'info' | 'warn'>;
  },
): Promise<McpTools> {
  const clients: Client[] = [];
  const tools: AgentTool[] = [];
  for (const { name, command } of servers) {
    const client = new Client({ name: 'skein-job-runner', version: '1' });
    try {
      await client.connect(
        new StdioClientTransport({
          command: command[0],
          args: command.slice(1),
          cwd: options.folder,
          env: stringsOf(options.environment),
          stderr: 'ignore',
        }),
        { timeout: START_MILLISECONDS },
      );
      clients.push(client);
      const listed = await client.listTools(
        {},
        { timeout: START_MILLISECONDS },
      );
      tools.push(
        ...listed.tools
          .slice(0, TOOLS)
          .sort((a, b) => (a.name < b.name ? -1 : 1))
          .map(tool => toAgentTool(client, name, tool, options.outputBytes)),
      );
      options.log.info(`MCP server ${name}: ${listed.tools.length} tools`);
    } catch (error) {
      options.log.warn(
        `The MCP server ${name} cannot be used: ${(error as Error).message}`,
      );
    }
  }
  return {
    tools,
    async close() {
      await Promise.allSettled(clients.map(client => client.close()));
    },
  };
}

function toAgentTool(
  client: Client,
  server: string,
  tool: Awaited<ReturnType<Client['listTools']>>['tools'][number],
  outputBytes: number,
): AgentTool {
  return {
    name: `mcp__${server}__${tool.name}`
      .replace(/[^A-Za-z0-9_-]/g, '_')
      .slice(0, 128),
    description: (tool.description ?? '').slice(0, 2_000),
    inputSchema: tool.inputSchema as Record<string, unknown>,
    async call(input) {
      const answer = await client.callTool(
        { name: tool.name, arguments: input as Record<string, unknown> },
        undefined,
        { timeout: CALL_MILLISECONDS },
      );
      const content = Array.isArray(answer.content) ? answer.content : [];
      const text = content
        .map(part => (part.type === 'text' ? part.text : `[${part.type}]`))
        .join('\n');
      return {
        text: boundText(text, outputBytes),
        failed: answer.isError === true,
      };
    },
  };
}

function stringsOf(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}
