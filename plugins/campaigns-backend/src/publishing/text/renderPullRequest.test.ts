import { Edit, Refusal } from '@skein/mapping-rewriter';
import fc from 'fast-check';
import { code, escapeMarkdown, link } from './markdown';
import { PullRequestContent, renderPullRequest } from './renderPullRequest';

const span = { start: 0, end: 1, line: 12, column: 1 };

function edit(update: Partial<Edit>): Edit {
  return {
    file: 'models/a.sql',
    span,
    oldText: 'user_id',
    newText: 'user_identifier',
    kind: 'column',
    cause: 'users:3',
    reason: 'renamed',
    confidence: 'certain',
    ...update,
  };
}

function refusal(update: Partial<Refusal>): Refusal {
  return {
    file: 'models/b.sql',
    span,
    text: 'age',
    kind: 'column',
    code: 'person-decides',
    reason: 'Age is now a band; decide how to bucket it.',
    ...update,
  };
}

function content(update: Partial<PullRequestContent> = {}): PullRequestContent {
  return {
    campaign: {
      title: 'Retire users_v1',
      owner: 'group:default/data-platform',
      deadline: '2027-03-31',
      guide: 'https://guides.example.com/users-v2',
      datasets: [
        {
          from: 'user_data.users_v1',
          to: 'user_data.users_v2',
          mapping: { from: '', to: '', columns: [] },
        },
      ],
      pullRequest: {
        title:
          'Move {{ target.path }} of {{target.repository}} to {{ dataset.to }}',
        labels: [],
        draft: false,
        branchPrefix: 'skein',
      },
    },
    repository: { host: 'github.com', owner: 'acme', name: 'warehouse' },
    path: 'dbt',
    report: {
      framework: 'dbt',
      sandbox: 'bubblewrap',
      edits: [edit({}), edit({}), edit({ file: 'models/c.sql' })],
      refusals: [refusal({})],
      baseline: [
        {
          name: 'make test',
          source: 'repository',
          outcome: 'passed',
          summary: '14 tests passed',
          durationMs: 10,
        },
      ],
      verification: [
        {
          name: 'make test',
          source: 'repository',
          outcome: 'passed',
          summary: '14 tests passed',
          durationMs: 10,
        },
      ],
    },
    origin: {
      campaignName: 'retire-users-v1',
      revisionNumber: 3,
      revisionDigest: 'abcdef0123456789abcdef',
      targetId: 'target-1',
    },
    targetUrl: 'https://portal.example.com/campaigns/retire-users-v1/targets/1',
    ...update,
  };
}

/** What a reader would see of markdown as text: entities resolved, code spans gone. */
function withoutCode(body: string): string {
  return body.replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');
}

describe('renderPullRequest', () => {
  it('tells an owner why, what, how sure, what is left, and how to object', () => {
    const { title, body } = renderPullRequest(content());
    expect(title).toBe('Move dbt of acme/warehouse to user_data.users_v2');
    expect(body).toContain(
      '`user_data.users_v1` is replaced by `user_data.users_v2`',
    );
    expect(body).toContain('2027');
    expect(body).toContain('(https://guides.example.com/users-v2)');
    expect(body).toContain('3 edits in 2 files');
    expect(body).toContain('| column | `user_id` | `user_identifier` | 3 |');
    expect(body).toContain(
      '| `make test` | your repository | passed | passed |',
    );
    expect(body).toContain('- [ ] `models/b.sql:12` `age`: Age is now a band');
    expect(body).toContain('group:default/data-platform');
    expect(body).toContain('(https://portal.example.com/');
    expect(body.trimEnd().split('\n').slice(-3)).toEqual([
      'Skein-Campaign: retire-users-v1',
      'Skein-Revision: 3 (abcdef012345)',
      'Skein-Target: target-1',
    ]);
  });

  it('points to the edits that rest on an assumption', () => {
    const { report } = content();
    const { body } = renderPullRequest(
      content({
        report: { ...report, edits: [edit({ confidence: 'likely' })] },
      }),
    );
    expect(body).toContain('look at these first. `models/a.sql:12`');
  });

  it('counts the mapped names that stay, and lists those that may be uses', () => {
    const { report } = content();
    const place = { span, text: 'users_v1', cause: 'user_data.users_v1' };
    const { body } = renderPullRequest(
      content({
        report: {
          ...report,
          leftovers: {
            total: 3,
            byReason: { comment: 2, code: 1 },
            places: [
              { ...place, file: 'load.py', reason: 'code' },
              { ...place, file: 'models/a.sql', reason: 'comment' },
            ],
          },
        },
      }),
    );
    expect(body).toContain(
      '3 mapped names stay as they are: 1 in programs, 2 in comments.',
    );
    expect(body).toContain('- `load.py:12` `users_v1`');
    expect(body).not.toContain('`models/a.sql:12`');
  });

  it('says so where nothing could be verified', () => {
    const { report } = content();
    const { body } = renderPullRequest(
      content({ report: { ...report, baseline: [], verification: [] } }),
    );
    expect(body).toContain('Nothing could be run here');
  });

  it('shows what a repository wrote as text: no mention, link, image, HTML or heading of its making', () => {
    const attack =
      '@acme/all <img src=x onerror=1> ![x](http://evil.example) [y](javascript:1)\n# Heading\n```\n| a | b | #1 https://evil.example www.evil.example';
    const { report } = content();
    const { body } = renderPullRequest(
      content({
        path: attack,
        report: {
          ...report,
          edits: [edit({ file: attack, oldText: attack, newText: attack })],
          refusals: [refusal({ file: attack, text: attack, reason: attack })],
          verification: [
            {
              name: attack,
              source: 'repository',
              outcome: 'passed',
              summary: attack,
              durationMs: 1,
            },
          ],
        },
      }),
    );
    const visible = withoutCode(body);
    expect(visible).not.toMatch(
      /@|<img|!\[|\]\(javascript|https:\/\/evil|www\.evil/,
    );
    expect(body).not.toMatch(/^# Heading/m);
    expect(body).not.toMatch(/^```/m);
  });

  it.each([
    ['a key', `sk-ant-api03-${'x'.repeat(40)}`],
    [
      'a token that is hidden by what is not seen',
      `gh\u200bp_${'x'.repeat(36)}`,
    ],
    ['a password in an address', `postgres://loader:${'x'.repeat(12)}@db/x`],
    ['a line of a .env', `A=1\nDB_PASSWORD=${'x'.repeat(12)}\nB=2`],
  ])(
    'tells no secret that the words of a repository or a runner hold: %s',
    (_, secret) => {
      const { report } = content();
      const words = `see ${secret}`;
      const check = {
        name: words,
        source: 'repository' as const,
        outcome: 'failed' as const,
        summary: words,
        durationMs: 1,
      };
      const { title, body } = renderPullRequest(
        content({
          path: words,
          report: {
            ...report,
            edits: [edit({ file: words, oldText: words, newText: words })],
            refusals: [refusal({ file: words, text: words, reason: words })],
            baseline: [check],
            verification: [check],
          },
        }),
      );
      expect(`${title}\n${body}`).toContain('redacted');
      expect(`${title}\n${body}`).not.toMatch(/x(?:\u200b?x){6}/);
    },
  );

  it('stays within what a forge takes, with the trailer whole', () => {
    const { report } = content();
    const { title, body } = renderPullRequest(
      content({
        campaign: {
          ...content().campaign,
          title: 'x'.repeat(10_000),
          pullRequest: {
            ...content().campaign.pullRequest,
            title: '{{ campaign.title }}',
            intro: 'y'.repeat(90_000),
          },
        },
        report: {
          ...report,
          edits: Array.from({ length: 5_000 }, (_, index) =>
            edit({ file: `${'f'.repeat(150)}${index}`, oldText: `${index}` }),
          ),
        },
      }),
    );
    expect(title.length).toBeLessThanOrEqual(200);
    expect(body.length).toBeLessThan(65_536);
    expect(body).toContain('Skein-Target: target-1');
    expect(body).toContain('and 4950 more files');
  });

  it('keeps a name in a template that it does not know, and resolves none of the prototype', () => {
    const { title } = renderPullRequest(
      content({
        campaign: {
          ...content().campaign,
          pullRequest: {
            ...content().campaign.pullRequest,
            title: '{{ constructor }} {{ target.secret }}',
          },
        },
      }),
    );
    expect(title).toBe('{{ constructor }} {{ target.secret }}');
  });
});

describe('markdown', () => {
  it('leaves no character with a meaning in escaped text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const escaped = escapeMarkdown(text);
        expect(escaped.replace(/&#\d+;|\\\\/g, '')).not.toMatch(
          /[\\`*_{}[\]<>()!|~@\n]/,
        );
      }),
    );
  });

  it('makes code that ends where it should', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('`', 'a', ' ', '\n') }),
        text => {
          const rendered = code(text);
          const fence = /^`+/.exec(rendered)![0];
          const inside = rendered.slice(fence.length, -fence.length);
          expect(rendered.endsWith(fence)).toBe(true);
          expect(inside.match(/`+/g) ?? []).not.toContain(fence);
        },
      ),
    );
  });

  it('links to web addresses alone', () => {
    expect(link('x', 'data:text/html,hello')).toBe('x');
    expect(link('x', 'not an address')).toBe('x');
    expect(link('x', 'https://a.example/(b) c')).toBe(
      '[x](https://a.example/%28b%29%20c)',
    );
  });
});
