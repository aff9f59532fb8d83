import { SourceFile } from '@skein/mapping-rewriter';
import { checkTextsAfter, checkTextsBefore } from './textChecks';

type Files = Record<string, string>;

const toFiles = (files: Files): SourceFile[] =>
  Object.entries(files).map(([path, content]) => ({ path, content }));

function check(before: Files, after: Files) {
  const baseline = checkTextsBefore(toFiles(before));
  return {
    before: baseline.results,
    after: checkTextsAfter(toFiles({ ...before, ...after }), baseline),
  };
}

const project: Files = {
  'dbt_project.yml': 'name: x\n',
  'models/users.sql': "select * from {{ source('a', 'b') }}",
  'models/orders_v2.sql': "select * from {{ ref('users') }} {# ref('gone') #}",
  'seeds/countries.csv': 'a\n',
  'snapshots/all.sql': '{% snapshot plan_history %}{% endsnapshot %}',
  'models/all.sql':
    "select * from {{ ref('orders') }}, {{ ref( \"countries\" ) }}, {{ ref('plan_history') }}, {{ ref('package', 'model') }}",
};

describe('our own checks', () => {
  it('pass a project in which every reference resolves', () => {
    const { before, after } = check(project, {});
    expect(
      [...before, ...after].map(result => [result.name, result.outcome]),
    ).toEqual([
      ['YAML parses', 'passed'],
      ['dbt refs resolve', 'passed'],
      ['YAML parses', 'passed'],
      ['dbt refs resolve', 'passed'],
    ]);
  });

  it('blame a change for a reference that it broke', () => {
    const { after } = check(project, {
      'models/all.sql': "select * from {{ ref('users_v2') }}",
    });
    expect(after[1]).toMatchObject({
      outcome: 'failed',
      summary:
        "models/all.sql: ref('users_v2') names no model, seed or snapshot",
    });
  });

  it('blame a change for YAML that it broke', () => {
    const { after } = check({ 'a.yml': 'a: 1\n' }, { 'a.yml': 'a: [1\n' });
    expect(after).toMatchObject([
      { outcome: 'failed', summary: expect.stringContaining('a.yml: ') },
    ]);
  });

  it('blame nobody for what was wrong before', () => {
    const { before, after } = check(
      {
        ...project,
        'bad.yml': 'a: [1\n',
        'models/old.sql': "{{ ref('gone') }}",
      },
      { 'models/users.sql': 'select 1' },
    );
    expect(before).toMatchObject([
      { outcome: 'failed', summary: '1 before any change, not blamed on it' },
      {
        outcome: 'failed',
        output: "models/old.sql: ref('gone') names no model, seed or snapshot",
      },
    ]);
    expect(after).toMatchObject([
      { outcome: 'passed', summary: 'no new problem' },
      { outcome: 'passed', summary: 'no new problem' },
    ]);
  });

  it('say nothing of references that may lead into a package that is not there', () => {
    const { before } = check(
      { ...project, 'packages.yml': 'packages: []\n' },
      {},
    );
    expect(before.map(result => result.name)).toEqual(['YAML parses']);
  });
});
