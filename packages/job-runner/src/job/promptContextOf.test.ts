import { renderPrompt } from '@skein/agent-context';
import { promptContextOf } from './promptContextOf';

describe('promptContextOf', () => {
  const told = (prompt: { version: string; lessons?: string[] }) =>
    renderPrompt({
      context: promptContextOf(
        { mappings: [], options: {}, prompt },
        { skills: [] },
      ),
      target: { repository: 'h/o/n', path: '', framework: 'dbt' },
      rewrite: { edits: [], refusals: [] },
      fence: 'f00d',
    }).campaign;

  it('has the lessons of the campaign, and nothing of them where there are none', () => {
    expect(told({ version: 'v1', lessons: ['Keep the CAST.'] })).toContain(
      '- Keep the CAST.',
    );
    expect(told({ version: 'v1', lessons: [] })).toBe(told({ version: 'v1' }));
  });
});
