import { JobStep } from '@skein/job-runner';
import {
  AgentStep,
  CommandStep,
  TransformStep,
} from '@skein/plugin-campaigns-common';
import { AgentOffers } from './AgentOffers';

const TIMEOUT_MINUTES = 20;

type WireAgent = Extract<JobStep, { type: 'agent' }>;

/** What a campaign asks of the model; what it leaves open is the installation's to say. */
type ModelWishes = Pick<
  AgentStep,
  'model' | 'effort' | 'thinking' | 'maxTokens'
>;

/** A step in a context revision. */
export type ContextStep =
  | Exclude<JobStep, { type: 'agent' }>
  | (Omit<WireAgent, keyof ModelWishes> & ModelWishes);

/** The steps of a campaign: with defaults, and names of offers written out. */
export function contextStepsOf(
  steps: TransformStep[],
  offers: AgentOffers,
): ContextStep[] {
  return steps.map(step => {
    if ('agent' in step) return agentStep(step.agent, offers);
    if ('command' in step) return commandStep(step.command);
    return { type: 'mapping' };
  });
}

function agentStep(agent: AgentStep, offers: AgentOffers): ContextStep {
  return {
    type: 'agent',
    when: agent.when ?? 'refused',
    model: agent.model,
    effort: agent.effort,
    thinking: agent.thinking,
    maxTokens: agent.maxTokens,
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

function commandStep(command: CommandStep): ContextStep {
  return {
    type: 'command',
    when: command.when ?? 'always',
    run: command.run,
    environment: command.environment ?? {},
    timeoutSeconds: (command.timeoutMinutes ?? TIMEOUT_MINUTES) * 60,
  };
}
