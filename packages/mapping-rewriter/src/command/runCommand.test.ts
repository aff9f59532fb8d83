import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { runCommand } from './runCommand';

describe('runCommand', () => {
  let folder: string;
  let tables: string;
  const file = (name: string) =>
    join(name.endsWith('.sql') ? folder : tables, name);
  const run = (...args: string[]) => {
    const { code, output } = runCommand(args);
    return { code, result: JSON.parse(output) };
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mapping-rewriter-'));
    tables = mkdtempSync(join(tmpdir(), 'mapping-rewriter-'));
    writeFileSync(file('query.sql'), 'SELECT email FROM user_data.users_v1\n');
    writeFileSync(
      file('mapping.yaml'),
      'from: p.user_data.users_v1\nto: p.user_data.users_v2\ncolumns: { email: mail }\n',
    );
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
    rmSync(tables, { recursive: true });
  });

  it('prints the edits of a folder and writes nothing', () => {
    const { code, result } = run(
      'rewrite',
      folder,
      '--mapping',
      file('mapping.yaml'),
    );
    expect(code).toBe(0);
    expect(result.files).toMatchObject([
      {
        path: 'query.sql',
        refusals: [],
        edits: [{ newText: 'mail AS email' }, { newText: 'users_v2' }],
      },
    ]);
    expect(readFileSync(file('query.sql'), 'utf8')).toContain('users_v1');
  });

  it('writes where asked', () => {
    run(
      'rewrite',
      file('query.sql'),
      '--mapping',
      file('mapping.yaml'),
      '--write',
    );
    expect(readFileSync(file('query.sql'), 'utf8')).toBe(
      'SELECT mail AS email FROM user_data.users_v2\n',
    );
  });

  it('prints references', () => {
    const { result } = run(
      'references',
      file('query.sql'),
      '--default-project',
      'p',
    );
    expect(result.references).toMatchObject([
      {
        dataset: 'p.user_data.users_v1',
        column: 'email',
        access: 'read',
        confidence: 'certain',
      },
      { dataset: 'p.user_data.users_v1', access: 'read' },
    ]);
  });

  it('finds mistakes in a mapping table', () => {
    writeFileSync(
      file('schema.yaml'),
      'p.user_data.users_v1: { mail: STRING }\n',
    );
    const { code, result } = run(
      'check',
      '--mapping',
      file('mapping.yaml'),
      '--schema',
      file('schema.yaml'),
    );
    expect(code).toBe(1);
    expect(result.problems).toMatchObject([
      { severity: 'error', line: 3, subject: 'email' },
    ]);
  });

  it.each([
    [
      ['rewrite', 'nowhere', '--mapping', 'nothing.yaml'],
      /no file or folder nowhere/,
    ],
    [['rewrite', '.'], /--mapping FILE is missing/],
    [['polish', '.'], /no verb 'polish'/],
    [['references', '.', '--dialect', 'oracle'], /--dialect is bigquery or/],
  ])('says what is wrong with %j', (args, message) => {
    const { code, result } = run(...args);
    expect(code).toBe(2);
    expect(result.error).toMatch(message);
  });
});
