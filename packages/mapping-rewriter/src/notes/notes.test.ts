import { MappingTable } from '../types';
import { rewrite } from '../rewrite/rewrite';

const users: MappingTable = {
  from: 'p.d.users_v1',
  to: 'p.d.users_v2',
  columns: [{ from: 'plan', decision: 'person', note: 'ask growth' }],
};

const noted = (path: string, content: string) => {
  const [file] = rewrite([{ path, content }], [users], {
    guideUrl: 'https://example.org/g',
  }).files;
  expect(file.refusals.length).toBeGreaterThan(0);
  return file.output.replace(/skein: still reads [^\r\n]*/g, 'NOTE');
};

describe('notes', () => {
  it('stand above the table in the comment syntax of the file', () => {
    expect(noted('a.sql', 'SELECT plan\n  FROM d.users_v1\n')).toBe(
      'SELECT plan\n  -- NOTE\n  FROM d.users_v1\n',
    );
    expect(
      noted(
        'a.py',
        'def f():\n    q = """\n    SELECT plan FROM d.users_v1"""\n',
      ),
    ).toBe(
      'def f():\n    # NOTE\n    q = """\n    SELECT plan FROM d.users_v1"""\n',
    );
    expect(noted('A.scala', 'val q = "SELECT plan FROM d.users_v1"\n')).toBe(
      '// NOTE\nval q = "SELECT plan FROM d.users_v1"\n',
    );
    expect(
      noted('j.yaml', 'a: 1\nquery: >\n  SELECT plan\n  FROM d.users_v1\n'),
    ).toBe('a: 1\n# NOTE\nquery: >\n  SELECT plan\n  FROM d.users_v1\n');
    expect(noted('a.sql', 'SELECT plan FROM d.users_v1\r\n')).toBe(
      '-- NOTE\r\nSELECT plan FROM d.users_v1\r\n',
    );
  });

  it('do not cut a command that goes on in the next line', () => {
    expect(
      noted(
        'a.sh',
        'bq query \\\n  --flag \\\n  "SELECT plan FROM d.users_v1"\n',
      ),
    ).toBe(
      '# NOTE\nbq query \\\n  --flag \\\n  "SELECT plan FROM d.users_v1"\n',
    );
  });

  it('are left out where the line begins inside a text', () => {
    const python = 'a = """\n"""; q = "SELECT plan FROM d.users_v1"\n';
    expect(noted('a.py', python)).toBe(python);
    const sql = "SELECT '''\n''', plan FROM d.users_v1\n";
    expect(noted('a.sql', sql)).toBe(sql);
  });

  it.each([
    ['a.sql', 'SELECT plan FROM d.users_v1;\nSELECT id FROM d.users_v1\n'],
    ['a.py', 'a = "SELECT plan FROM d.users_v1"\nb = "FROM d.users_v1"\n'],
    ['a.sh', "bq query 'SELECT plan FROM d.users_v1'\n"],
  ])(
    'keep the old names where names in comments follow: %s',
    (path, content) => {
      const options = { comments: 'rename', commands: 'rename' } as const;
      const first = rewrite([{ path, content }], [users], options);
      expect(first.unproven).toEqual([]);
      expect(first.files[0].output).toContain('still reads p.d.users_v1');
      const again = rewrite(
        [{ path, content: first.files[0].output }],
        [users],
        options,
      );
      expect(again.files.flatMap(({ edits }) => edits)).toEqual([]);
    },
  );

  it('are left out of JSON, which has no comments', () => {
    const json = '{ "query": "SELECT plan FROM d.users_v1" }\n';
    expect(noted('a.json', json)).toBe(json);
  });

  it('cannot end their comment or open Jinja, whatever the mapping says', () => {
    const table = {
      ...users,
      columns: [{ ...users.columns[0], note: 'x */ {{ y }}\nz' }],
    };
    const [file] = rewrite(
      [{ path: 'a.sql', content: 'SELECT plan FROM d.users_v1' }],
      [table],
    ).files;
    expect(file.output.split('\n')).toHaveLength(2);
    expect(file.output).not.toMatch(/\*\/|\{\{/);
  });
});
