import { JobStep } from '@skein/job-runner';
import {
  AgentStep,
  CommandStep,
  TransformStep,
} from '@skein/plugin-campaigns-common';
import { AgentOffers } from './AgentOffers';

const TIMEOUT_MINUTES = 20;

/** The steps of a campaign as its jobs are told them: with defaults, and names of offers written out. */
export function jobStepsOf(
  steps: TransformStep[],
  offers: AgentOffers,
): JobStep[] {
  return steps.map(step => {
    if ('agent' in step) return agentStep(step.agent, offers);
    if ('command' in step) return commandStep(step.command);
    return { type: 'mapping' };
  });
}

function agentStep(agent: AgentStep, offers: AgentOffers): JobStep {
  return {
    type: 'agent',
    when: agent.when ?? 'refused',
    model: agent.model,
    effort: agent.effort,
    thinking: agent.thinking ?? true,
    maxTokens: agent.maxTokens ?? 16_000,
    maxTotalTokens: agent.maxTotalTokens ?? 2_000_000,
    maxTurns: agent.maxTurns ?? 60,
    timeoutSeconds: (agent.timeoutMinutes ?? TIMEOUT_MINUTES) * 60,
    bash: agent.bash ?? [],
    skills: (agent.skills ?? []).map(name => ({
      name,
      text: offers.skills[name],
    })),
    mcpServers: (agent.mcp ?? []).map(name => ({
      name,
      command: offers.mcpServers[name],
    })),
  };
}

function commandStep(command: CommandStep): JobStep {
  return {
    type: 'command',
    when: command.when ?? 'always',
    run: command.run,
    environment: command.environment ?? {},
    timeoutSeconds: (command.timeoutMinutes ?? TIMEOUT_MINUTES) * 60,
  };
}
