import { fenceText, inLine } from './fenceText';
import { renderLessons } from './renderLessons';
import { renderCampaign } from './renderCampaign';
import { renderTemplate } from './renderTemplate';
import { PromptContext, PromptTarget } from './types';

/** What the judge of a change is shown. @public */
export interface JudgeInput {
  context: PromptContext;
  target: PromptTarget;
  /** Unified diff of the change. */
  diff: string;
  /** What reviews of the campaign have shown, in words. */
  instructions?: string;
  /** See `createFence`. */
  fence: string;
}

/** @public */
export interface RenderedJudge {
  /** The same for all changes of a revision, as `campaign` is. */
  system: string;
  campaign: string;
  change: string;
}

/**
 * The prompt of a judge, who is blind to what the agent says: request, mapping
 * tables and diff are all there is.
 *
 * @public
 */
export function renderJudge(input: JudgeInput): RenderedJudge {
  const { target, diff, fence, instructions } = input;
  const { lessons, ...context } = input.context;
  return {
    system: renderTemplate(context.version, 'judge', {
      instructions: instructions
        ? `\n# What reviews of this campaign have shown\n\n${instructions.trim()}\n`
        : '',
      lessons: renderLessons(
        lessons,
        'judge',
        instructions
          ? '## Lessons of people who reviewed its changes'
          : '# What reviews of this campaign have shown',
      ),
    }),
    campaign: renderCampaign(context),
    change: [
      '# The change',
      '',
      `- Repository: ${inLine(target.repository)}`,
      `- Folder: ${inLine(target.path || '(all of it)')}`,
      `- Framework: ${inLine(target.framework)}`,
      '',
      fenceText(diff, fence),
    ].join('\n'),
  };
}
