import { JsonObject } from '@backstage/types';
import { ModelDefaults } from '@skein/plugin-campaigns-node';

/** The part of an agent step that its calls carry. */
export interface AgentModelStep {
  model?: string;
  effort?: string;
  thinking?: boolean;
  maxTokens?: number;
}

/** What an agent's calls ask for. */
export interface ModelSettings {
  model: string;
  maxTokens: number;
  /** For `output_config`. */
  effort?: string;
  /** For `thinking`; undefined leaves it to the model. */
  thinking?: JsonObject;
}

/** An agent step's wishes over the provider's defaults, within the installation's bound. */
export function modelSettings(
  step: AgentModelStep,
  defaults: ModelDefaults,
  mostTokens: number,
): ModelSettings {
  return {
    model: step.model ?? defaults.model,
    maxTokens: Math.min(step.maxTokens ?? defaults.maxTokens, mostTokens),
    effort: step.effort ?? defaults.effort,
    thinking: thinkingOf(step.thinking, defaults.thinking),
  };
}

function thinkingOf(
  wanted: boolean | undefined,
  otherwise: JsonObject | undefined,
): JsonObject | undefined {
  if (wanted === undefined) return otherwise;
  return { type: wanted ? 'adaptive' : 'disabled' };
}
