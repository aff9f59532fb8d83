import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  AgentStep,
  CampaignSpec,
  SpecProblem,
} from '@skein/plugin-campaigns-common';

/** What the operator offers to agents; a campaign asks for it by name, and gets nothing else. */
export interface AgentOffers {
  /** Texts by name. */
  skills: Record<string, string>;
  /** Commands of MCP servers by name; they run inside of the sandbox. */
  mcpServers: Record<string, string[]>;
}

export const noAgentOffers: AgentOffers = { skills: {}, mcpServers: {} };

/**
 * Reads `campaigns.agent`.
 *
 * @throws InputError where a name cannot be one, or a command is empty
 */
export function readAgentOffers(config: Config): AgentOffers {
  const agent = config.getOptionalConfig('campaigns.agent');
  const skills = named(agent, 'skills', each => each.getString('text'));
  const mcpServers = named(agent, 'mcpServers', (each, name) => {
    const command = each.getStringArray('command');
    if (command.length === 0) {
      throw new InputError(
        `'campaigns.agent.mcpServers' has no command for '${name}'`,
      );
    }
    return command;
  });
  return { skills, mcpServers };
}

function named<T>(
  agent: Config | undefined,
  key: string,
  read: (entry: Config, name: string) => T,
): Record<string, T> {
  const entries = agent?.getOptionalConfigArray(key) ?? [];
  return Object.fromEntries(
    entries.map(entry => {
      const name = entry.getString('name');
      if (!/^[A-Za-z0-9_-]{1,64}$/.test(name)) {
        throw new InputError(
          `'campaigns.agent.${key}' has the name '${name}'; a name has letters, digits, - and _, at most 64`,
        );
      }
      return [name, read(entry, name)];
    }),
  );
}

/** Names in a campaign that the operator does not offer. */
export function checkAgentOffers(
  { transform }: Pick<CampaignSpec, 'transform'>,
  offers: AgentOffers,
): SpecProblem[] {
  return transform.flatMap((step, index) => {
    if (!('agent' in step)) return [];
    const { mcp, skills }: AgentStep = step.agent;
    const path = `/transform/${index}/agent`;
    return [
      ...unknown(skills, offers.skills, `${path}/skills`, 'skill', 'skills'),
      ...unknown(
        mcp,
        offers.mcpServers,
        `${path}/mcp`,
        'MCP server',
        'mcpServers',
      ),
    ];
  });
}

function unknown(
  names: string[] = [],
  offered: Record<string, unknown>,
  path: string,
  what: string,
  key: string,
): SpecProblem[] {
  const offers = Object.keys(offered).join(', ') || 'none';
  return names.flatMap((name, index) =>
    Object.hasOwn(offered, name)
      ? []
      : [
          {
            severity: 'error' as const,
            path: `${path}/${index}`,
            message: `There is no ${what} '${name}' here; the configuration offers ${offers} ('campaigns.agent.${key}')`,
          },
        ],
  );
}
