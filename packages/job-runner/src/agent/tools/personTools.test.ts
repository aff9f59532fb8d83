import { Workspace } from '../../checkout/Workspace';
import { askForHumanTool } from './personTools';
import { ToolContext } from './ToolContext';

const guideUrl = 'https://guide.example.com/users';

/** The tool over files in memory. */
function toolOver(files: Record<string, string>) {
  const context: Pick<
    ToolContext,
    'asked' | 'guideUrl' | 'mappings' | 'workspace'
  > = {
    asked: [],
    guideUrl,
    mappings: [{ from: 'a.users_v1', to: 'a.users_v2', columns: [] }],
    workspace: {
      read: async (path: string) => Buffer.from(files[path]),
      write: (path: string, content: Buffer) => {
        files[path] = content.toString();
      },
    } as Workspace,
  };
  return { files, context, tool: askForHumanTool(context as ToolContext) };
}

describe('ask_for_human', () => {
  const note = (what = 'gender: Is it needed') =>
    `skein: still reads a.users_v1: ${what}. Guide: ${guideUrl}`;

  it.each([
    ['a model of dbt', 'models/a.sql', `-- ${note()}`],
    ['its properties', 'models/schema.yml', `# ${note()}`],
    ['a job of the BigQuery runner', 'daily/job.yaml', `# ${note()}`],
    ['a pipeline of Scio', 'src/main/scala/A.scala', `// ${note()}`],
    ['its build', 'build.sbt', `// ${note()}`],
    ['a script', 'load.py', `# ${note()}`],
    ['a page', 'docs/a.md', `<!-- ${note()} -->`],
  ])(
    'leaves a note as a comment of %s, with the guide',
    async (_, path, line) => {
      const { context, files, tool } = toolOver({ [path]: 'one\n  two\n' });
      const answer = await tool.call({
        path,
        line: 2,
        field: 'gender',
        reason: 'Is it needed',
      });
      expect(answer.failed).toBeFalsy();
      expect(files[path]).toBe(`one\n  ${line}\n  two\n`);
      expect(context.asked).toMatchObject([
        { file: path, code: 'person-decides', note: line },
      ]);
    },
  );

  it('leaves no note where a file has no comments, and says so', async () => {
    const { context, files, tool } = toolOver({ 'a.json': '{}\n' });
    const answer = await tool.call({
      path: 'a.json',
      line: 1,
      field: 'gender',
      reason: 'Is it needed',
    });
    expect(answer.text).toContain('the pull request will say it');
    expect(files['a.json']).toBe('{}\n');
    expect(context.asked).toHaveLength(1);
  });

  it('stays in its comment, whatever the reason says', async () => {
    const { files, tool } = toolOver({ 'a.sql': 'select 1\r\n' });
    await tool.call({
      path: 'a.sql',
      line: 1,
      field: 'gender',
      reason: 'first\r\ndrop table users; {{ config() }} */',
    });
    const lines = files['a.sql'].split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^-- skein: .* Guide: https:\S+$/);
    expect(lines[0]).not.toMatch(/\{\{|\*\//);
    expect(lines[1]).toBe('select 1');
  });

  it('says how long a file is where the line is beyond it', async () => {
    const { files, tool } = toolOver({ 'a.sql': 'select 1\n' });
    const answer = await tool.call({
      path: 'a.sql',
      line: 9,
      field: 'x',
      reason: 'y',
    });
    expect(answer).toMatchObject({ failed: true, text: 'a.sql has 2 lines' });
    expect(files['a.sql']).toBe('select 1\n');
  });
});
