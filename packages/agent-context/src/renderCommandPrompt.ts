import { renderPrompt } from './renderPrompt';
import { renderTemplate } from './renderTemplate';
import { PromptInput } from './types';

/**
 * What a program of a `command` step is told, as one text: it has its own
 * tools and system text, and the campaign and the task are the same.
 *
 * @throws Error where the templates' version is not known
 * @public
 */
export function renderCommandPrompt(input: PromptInput): string {
  const { campaign, target } = renderPrompt(input);
  const opening = renderTemplate(input.context.version, 'command').trim();
  return [opening, campaign, target].join('\n\n');
}
