import { PromptContext } from '@skein/agent-context';
import { AgentSettings, JobSpec } from '../protocol';

/** What all jobs of a revision are told alike, from what one of them is. */
export function promptContextOf(
  {
    mappings,
    options,
    prompt,
  }: Pick<JobSpec, 'mappings' | 'options' | 'prompt'>,
  { skills }: Pick<AgentSettings, 'skills'>,
): PromptContext {
  return {
    version: prompt.version,
    mappings,
    options,
    text: prompt.text,
    lessons: prompt.lessons?.map(text => ({ text, for: ['agent'] })),
    skills,
  };
}
