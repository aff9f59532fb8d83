import { renderCampaign } from './renderCampaign';
import { renderTarget } from './renderTarget';
import { renderTemplate } from './renderTemplate';
import { PromptInput, RenderedPrompt } from './types';

/**
 * All that an agent is told before its first turn. The same function renders
 * for the runner and for the preview in the portal.
 *
 * @throws Error where the templates' version is not known
 * @public
 */
export function renderPrompt(input: PromptInput): RenderedPrompt {
  return {
    system: renderTemplate(input.context.version, 'system').trim(),
    campaign: renderCampaign(input.context).trim(),
    target: renderTarget(input).trim(),
  };
}
