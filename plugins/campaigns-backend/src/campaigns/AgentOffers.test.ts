import { ConfigReader } from '@backstage/config';
import { readAgentOffers } from './AgentOffers';
import { contextOf } from './context';
import { parseCampaign } from './spec';

const offers = readAgentOffers(
  new ConfigReader({
    campaigns: {
      agent: {
        skills: [{ name: 'sql-style', text: 'Upper-case keywords.' }],
        mcpServers: [{ name: 'schemas', command: ['schema-mcp', '--stdio'] }],
      },
    },
  }),
);

const yaml = (agent: string) => `apiVersion: skein/v1
kind: Campaign
name: retire-users
title: Retire users
owner: group:default/platform
guide: https://guides.example/users
datasets:
  - from: acme.user_data.users_v1
    to: acme.user_data.users_v2
    mapping: { columns: [{ old_column: a, new_column: b }] }
transform:
  - mapping: {}
  - agent: ${agent}
`;

describe('what agents are offered', () => {
  it('is written out in the context of a campaign that asks for it', () => {
    const { spec, problems } = parseCampaign(
      {
        yaml: yaml(
          '{ skills: [sql-style], mcp: [schemas], bash: [[make, lint]] }',
        ),
      },
      offers,
    );
    expect(problems).toEqual([]);
    expect(contextOf(spec!, offers)).toMatchObject({
      promptVersion: 'v1',
      steps: [
        { type: 'mapping' },
        {
          type: 'agent',
          when: 'refused',
          bash: [['make', 'lint']],
          skills: [{ name: 'sql-style', text: 'Upper-case keywords.' }],
          mcpServers: [{ name: 'schemas', command: ['schema-mcp', '--stdio'] }],
        },
      ],
    });
  });

  it('is nothing that a campaign does not ask for', () => {
    const { spec } = parseCampaign({ yaml: yaml('{}') }, offers);
    expect(contextOf(spec!, offers).steps![1]).toMatchObject({
      skills: [],
      mcpServers: [],
      bash: [],
    });
  });

  it('is named where a campaign asks for something else, with the line', () => {
    const { valid, problems } = parseCampaign(
      { yaml: yaml('{ skills: [sql-style, poetry], mcp: [shell] }') },
      offers,
    );
    expect(valid).toBe(false);
    expect(problems).toEqual([
      {
        severity: 'error',
        path: '/transform/1/agent/skills/1',
        line: 13,
        column: expect.any(Number),
        message:
          "There is no skill 'poetry' here; the configuration offers sql-style ('campaigns.agent.skills')",
      },
      expect.objectContaining({
        line: 13,
        message:
          "There is no MCP server 'shell' here; the configuration offers schemas ('campaigns.agent.mcpServers')",
      }),
    ]);
  });

  it.each([
    ['{ maxTurns: 0 }', 'transform.1.agent.maxTurns must be >= 1'],
    ['{ bash: [[]] }', 'transform.1.agent.bash.0'],
    ['{ shell: true }', "unknown field 'shell'"],
    ['{}\n    command: { run: [x] }', 'must NOT have more than 1 properties'],
    ['{}\n  - command: {}', "has no 'run'"],
    [
      '{}\n  - command: { run: [x], environment: { PATH: /evil } }',
      'transform.2.command.environment',
    ],
    [
      '{}\n  - command: { run: [x], environment: { ANTHROPIC_AUTH_TOKEN: k } }',
      'transform.2.command.environment',
    ],
  ])('does not take %j for an agent', (agent, message) => {
    const { problems } = parseCampaign({ yaml: yaml(agent) }, offers);
    expect(problems.map(problem => problem.message).join('\n')).toContain(
      message,
    );
  });

  it('has names that tools can carry', () => {
    expect(() =>
      readAgentOffers(
        new ConfigReader({
          campaigns: { agent: { skills: [{ name: 'a b', text: 'x' }] } },
        }),
      ),
    ).toThrow("'campaigns.agent.skills' has the name 'a b'");
  });

  it('leaves the context of a campaign without agents as it was', () => {
    const { spec } = parseCampaign({
      yaml: yaml('{}').replace('  - agent: {}\n', ''),
    });
    const context = contextOf(spec!);
    expect(context).not.toHaveProperty('steps');
    expect(context).not.toHaveProperty('promptVersion');
  });
});
