/** What the operator offers to agents; a campaign asks for it by name, and gets nothing else. */
export interface AgentOffers {
  /** Texts by name. */
  skills: Record<string, string>;
  /** Commands of MCP servers by name; they run inside of the sandbox. */
  mcpServers: Record<string, string[]>;
}

export const noAgentOffers: AgentOffers = { skills: {}, mcpServers: {} };
