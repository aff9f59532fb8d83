import { CampaignFiles } from '@skein/plugin-campaigns-common';
import fc from 'fast-check';
import { contextOf } from '../context';
import { parseCampaign, parseCampaignObject } from './parseCampaign';

const yaml = `apiVersion: skein/v1
kind: Campaign
name: retire-users
title: Retire users
owner: group:default/platform
guide: https://guides.example/users
datasets:
  - from: acme.user_data.users_v1
    to: acme.user_data.users_v2
    mapping: users.csv
    schemas:
      from: old.yaml
      to: new.yaml
`;
const files = {
  'users.csv':
    'old_column,new_column,transform,decision,note\n' +
    'user_id,user_identifier,CAST(user_identifier AS INT64),,\n' +
    'gender,,,person,Ask privacy\n',
  'old.yaml':
    'columns:\n' +
    '  - { name: user_id, type: INT64 }\n' +
    '  - { name: Gender, type: STRING }\n' +
    '  - { name: device, type: RECORD, fields: [{ name: os, type: STRING }] }\n',
  'new.yaml':
    '- { name: user_identifier, type: STRING }\n' +
    '- { name: tags, type: STRING, mode: REPEATED }\n' +
    '- { name: device, type: RECORD, fields: [{ name: os, type: STRING }] }\n',
};

function problemsOf(change: (text: string) => string, more: object = {}) {
  const result = parseCampaign({
    yaml: change(yaml),
    files: { ...files, ...more } as Record<string, string>,
  });
  return result.problems.filter(({ severity }) => severity === 'error');
}

describe('parseCampaign', () => {
  describe('sample rows', () => {
    const sampled = (text: string) =>
      `${text}    samples:
      from: old.csv
      to: new.jsonl
      acme.shop.orders: [{ order_id: 1 }]
verification:
  samples: { time: '2026-03-01T12:00:00Z' }
`;
    const rows = {
      'old.csv': 'user_id,gender\n1,f\n',
      'new.jsonl': '{"user_identifier": "1"}\n',
    };

    it('are read with the files that hold them, and again from the spec', () => {
      const { problems, spec } = parseCampaign({
        yaml: sampled(yaml),
        files: { ...files, ...rows },
      });
      expect(problems).toEqual([]);
      expect(spec!.datasets[0].samples).toEqual({
        'acme.user_data.users_v1': { rows: [{ user_id: '1', gender: 'f' }] },
        'acme.user_data.users_v2': { rows: [{ user_identifier: '1' }] },
        'acme.shop.orders': { rows: [{ order_id: 1 }] },
      });
      expect(contextOf(spec!).samples).toMatchObject({
        tables: spec!.datasets[0].samples,
        time: '2026-03-01T12:00:00Z',
      });
      const again = parseCampaignObject(spec!);
      expect(again.spec!.datasets[0].samples).toEqual(
        spec!.datasets[0].samples,
      );
    });

    it('leave the context of a campaign without them as it was', () => {
      const { spec } = parseCampaign({ yaml, files });
      expect(contextOf(spec!)).not.toHaveProperty('samples');
    });

    it.each<[string, (text: string) => string, object, object]>([
      [
        'a file that was not given',
        sampled,
        {},
        { path: '/datasets/0/samples/from' },
      ],
      [
        'rows of one side alone',
        text => sampled(text).replace('      to: new.jsonl\n', ''),
        rows,
        { message: expect.stringContaining('acme.user_data.users_v2') },
      ],
      [
        'a column that the dataset does not have',
        sampled,
        { ...rows, 'old.csv': 'usr_id\n1\n' },
        { file: 'old.csv', message: expect.stringContaining("'usr_id'") },
      ],
      [
        'a time without its zone',
        text => sampled(text).replace('00Z', '00'),
        rows,
        { path: '/verification/samples/time' },
      ],
    ])('are refused with %s', (_name, change, more, problem) => {
      expect(problemsOf(change, more)[0]).toMatchObject(problem);
    });
  });

  it('reads a campaign with its mapping and schemas, and fills in the rest', () => {
    const { problems, spec } = parseCampaign({ yaml, files });
    expect(problems).toEqual([]);
    expect(spec).toMatchObject({
      datasets: [
        {
          mapping: {
            from: 'acme.user_data.users_v1',
            columns: [
              {
                from: 'user_id',
                to: 'user_identifier',
                transform: 'CAST(user_identifier AS INT64)',
                line: 2,
              },
              { from: 'gender', decision: 'person', note: 'Ask privacy' },
            ],
          },
          schemas: {
            'acme.user_data.users_v1': {
              user_id: 'INT64',
              gender: 'STRING',
              device: 'RECORD',
              'device.os': 'STRING',
            },
            'acme.user_data.users_v2': {
              user_identifier: 'STRING',
              tags: 'ARRAY<STRING>',
              device: 'RECORD',
              'device.os': 'STRING',
            },
          },
        },
      ],
      verification: {
        baseline: 'required',
        unverified: 'skip',
        timeoutMinutes: 10,
      },
      rollout: { approval: 'required' },
    });
  });

  it.each<[string, (text: string) => string, object]>([
    [
      'an unknown field, at its line',
      text => `${text}rolout: {}\n`,
      {
        message: "the campaign has an unknown field 'rolout'",
        path: '/rolout',
        line: 14,
      },
    ],
    [
      'a field of the wrong form, with what is allowed',
      text => text.replace('name: retire-users', 'name: Retire Users'),
      { path: '/name', line: 3 },
    ],
    [
      'a missing field',
      text => text.replace('title: Retire users\n', ''),
      { message: "the campaign has no 'title'" },
    ],
    [
      'a file that was not sent along',
      text => text.replace('users.csv', 'others.csv'),
      {
        message:
          "The file 'others.csv' was not given; send it along with the campaign file",
        path: '/datasets/0/mapping',
        line: 10,
      },
    ],
    ['a key that stands twice', text => `${text}title: Again\n`, { line: 14 }],
    [
      'waves whose shares fall',
      text =>
        `${text}rollout:\n  waves:\n    - { name: a, share: 0.5 }\n    - { name: b, share: 0.2 }\n`,
      { path: '/rollout/waves/1/share', line: 17 },
    ],
    [
      'a wave named twice',
      text =>
        `${text}rollout:\n  waves:\n    - { name: a, size: 1 }\n    - { name: a, share: 1 }\n`,
      { message: "Wave 'a' is named twice", line: 17 },
    ],
    [
      'a dataset named twice',
      text =>
        text.replace(
          '    schemas:',
          '  - { from: ACME.user_data.users_v1, to: acme.x.y, mapping: users.csv }\n  - from: acme.a.b\n    to: acme.a.c\n    mapping: { columns: [] }\n    schemas:',
        ),
      {
        message: "Dataset 'acme.user_data.users_v1' is named twice",
        path: '/datasets/1/from',
      },
    ],
  ])('reports %s', (_name, change, expected) => {
    expect(problemsOf(change)).toEqual(
      expect.arrayContaining([expect.objectContaining(expected)]),
    );
  });

  it('reports a mistake in a mapping table with its file and line', () => {
    const problems = problemsOf(text => text, {
      'users.csv': `${files['users.csv']}user_id,other,,,\n`,
    });
    expect(problems.map(({ file, line }) => [file, line])).toEqual([
      ['users.csv', 4],
      ['users.csv', 4],
    ]);
  });

  it('reports a column that the schemas do not know', () => {
    const { problems } = parseCampaign({
      yaml,
      files: {
        ...files,
        'users.csv': 'old_column,new_column\nusr_id,user_identifier\n',
      },
    });
    expect(problems).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ file: 'users.csv', line: 2 }),
      ]),
    );
  });

  it('reports a schema that is none', () => {
    expect(
      problemsOf(text => text, { 'old.yaml': 'columns: [{ type: INT64 }]' }),
    ).toEqual([
      expect.objectContaining({
        file: 'old.yaml',
        message: 'A column of the schema has no name or no type',
      }),
    ]);
  });

  it('takes every form of a code search, and says of each mistake where it is', () => {
    const search = (lines: string) => (text: string) =>
      `${text}scope:\n  codeSearch:\n    - query: users_v1\n${lines}`;
    expect(
      problemsOf(
        search(
          '      languages: [sql, yaml]\n      repository: [acme/*, github.com/acme/ads]\n      path: models\n' +
            '    - query: users_v[12]\\b\n      regex: true\n      repository: acme/ads\n',
        ),
      ),
    ).toEqual([]);
    expect(
      problemsOf(
        search(
          '      languages: [cobol]\n      repository: nobody\n      path: ../etc\n',
        ),
      ).map(({ line, message }) => [line, message.split(':')[0]]),
    ).toEqual([
      [17, 'scope.codeSearch.0.languages.0 must be one of'],
      [
        19,
        'scope.codeSearch.0.path has a form that is not allowed (A folder or a file of the repository, without patterns)',
      ],
      [18, 'scope.codeSearch.0.repository has a form that is not allowed'],
    ]);
    expect(
      problemsOf(search('    - query: (users\n      regex: true\n')),
    ).toMatchObject([
      {
        path: '/scope/codeSearch/1/query',
        line: 17,
        message: expect.stringContaining('missing closing )'),
      },
    ]);
  });

  it('requires a list of allowed files where changes are pushed for CI', () => {
    const remote = (text: string) => `${text}verification:\n  remoteCi: {}\n`;
    expect(problemsOf(remote)).toMatchObject([
      {
        path: '/verification/remoteCi',
        message: expect.stringContaining('add gates.allowedFiles'),
        line: 15,
      },
    ]);
    expect(
      problemsOf(
        text => `${remote(text)}gates: { allowedFiles: ['**/*.sql'] }\n`,
      ),
    ).toEqual([]);
  });

  it('takes a guide in Markdown along', () => {
    const { spec } = parseCampaign({
      yaml: yaml.replace('https://guides.example/users', 'guide.md'),
      files: { ...files, 'guide.md': '# Moving' },
    });
    expect(spec).toMatchObject({ guideText: '# Moving' });
  });

  it('reads back what it gave', () => {
    const { spec } = parseCampaign({ yaml, files });
    expect(parseCampaignObject(spec!).spec).toEqual(spec);
  });

  it('never throws, whatever it is given', () => {
    const lines = yaml.split('\n');
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      // A campaign file with lines lost, doubled and out of order.
      fc
        .array(fc.nat(lines.length - 1), { maxLength: 30 })
        .map(order => order.map(index => lines[index]).join('\n')),
    );
    const input: fc.Arbitrary<CampaignFiles> = fc.record({
      yaml: text,
      files: fc.dictionary(
        fc.constantFrom('users.csv', 'old.yaml', 'new.yaml'),
        text,
      ),
    });
    fc.assert(
      fc.property(input, given => {
        const { valid, spec, problems } = parseCampaign(given);
        expect(valid).toBe(spec !== undefined);
        expect(valid || problems.length > 0).toBe(true);
      }),
    );
  });
});
