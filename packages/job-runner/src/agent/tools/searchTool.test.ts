import { GitError } from '../../checkout/Git';
import { searchTool } from './searchTool';
import { ToolContext } from './ToolContext';

/** The tool over a git that ends in this way. */
function toolWith(text: () => Promise<string>) {
  return searchTool({
    workspace: {
      tree: async () => 'tree',
      checkout: { git: { until: () => ({ text }) } },
    },
    outputBytes: 10_000,
    signal: new AbortController().signal,
  } as unknown as ToolContext);
}
const failing = (output: string, exitCode?: number) => async () => {
  throw new GitError('grep', output, exitCode);
};

describe('search_files', () => {
  it('gives the matches without the tree that they were found in', async () => {
    const { text } = await toolWith(async () => 'tree:a.sql:3:users_v1').call({
      query: 'users_v1',
    });
    expect(text).toBe('a.sql:3:users_v1');
  });

  it.each([
    ['nothing matches', failing('', 1), /^Nothing was found$/],
    [
      'the pattern is none',
      failing('fatal: command line: Unmatched ( or \\(', 128),
      /Unmatched/,
    ],
    // Not to be taken for nothing: the old dataset may well be there.
    ['it was ended', failing('The operation was aborted'), /took longer than/],
  ])('says what happened where %s', async (_, git, words) => {
    const answer = await toolWith(git).call({ query: 'users_v1' });
    expect(answer.text).toMatch(words);
  });
});
