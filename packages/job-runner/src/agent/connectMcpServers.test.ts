import { connectMcpServers } from './connectMcpServers';

/** A server of the SDK's, in a process of its own. */
const server = `
  const { McpServer } = require(${JSON.stringify(
    require.resolve('@modelcontextprotocol/sdk/server/mcp.js'),
  )});
  const { StdioServerTransport } = require(${JSON.stringify(
    require.resolve('@modelcontextprotocol/sdk/server/stdio.js'),
  )});
  const { z } = require(${JSON.stringify(require.resolve('zod'))});
  const server = new McpServer({ name: 'schemas', version: '1' });
  server.registerTool(
    'columns',
    { description: 'Columns of a table', inputSchema: { table: z.string() } },
    async ({ table }) => ({
      content: [{ type: 'text', text: table + ' in ' + Object.keys(process.env).sort().join() }],
      isError: table === 'none',
    }),
  );
  server.connect(new StdioServerTransport());`;

describe('connectMcpServers', () => {
  const log = { info: jest.fn(), warn: jest.fn() };
  const connect = (command: string[]) =>
    connectMcpServers([{ name: 'schemas', command }], {
      folder: '/',
      environment: { PATH: process.env.PATH, CI: 'true' },
      outputBytes: 1_000,
      log,
    });

  it('offers the tools of a server, under its name', async () => {
    const { close, tools } = await connect([process.execPath, '-e', server]);
    try {
      expect(tools).toMatchObject([
        {
          name: 'mcp__schemas__columns',
          description: 'Columns of a table',
          inputSchema: { properties: { table: { type: 'string' } } },
        },
      ]);
      const [columns] = tools;
      const answer = await columns.call({ table: 'users' });
      expect(answer).toMatchObject({ failed: false });
      expect(answer.text).toMatch(/^users in /);
      expect(answer.text).not.toMatch(/SKEIN|ANTHROPIC|NODE_ENV|JEST/);
      expect(answer.trusted).toBeUndefined();
      expect(await columns.call({ table: 'none' })).toMatchObject({
        failed: true,
      });
    } finally {
      await close();
    }
  });

  it('says which server cannot be used, and goes on', async () => {
    const { close, tools } = await connect(['/nonexistent/server']);
    expect(tools).toEqual([]);
    expect(log.warn).toHaveBeenCalledWith(
      expect.stringContaining('The MCP server schemas cannot be used'),
    );
    await close();
  });
});
