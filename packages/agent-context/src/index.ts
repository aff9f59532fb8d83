export * from './types';
export { createFence, fenceText, inLine } from './fenceText';
export { markdownTable } from './markdownTable';
export { renderCommandPrompt } from './renderCommandPrompt';
export { renderPrompt } from './renderPrompt';
export { latestTemplates } from './renderTemplate';
export { renderJudge } from './renderJudge';
export type { JudgeInput, RenderedJudge } from './renderJudge';
