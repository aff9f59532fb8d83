import { ScriptedAnswer } from '@skein/local-model';
import {
  AgentBench,
  agentSettings,
  agentSpec,
} from './__testUtils__/AgentBench';
import { TOKEN } from './__testUtils__/ProtocolTestServer';
import { AgentSettings, JobStep } from './protocol';

const OLD = 'select user_id, gender\nfrom `acme.user_data.users_v1`\n';
const SOLVED =
  'select user_identifier as user_id, cast(null as string) as gender\nfrom `acme.user_data.users_v2`\n';
const NOTE =
  '-- skein: still reads acme.user_data.users_v1: gender: Is it needed. Guide: https://guide.example.com/users\n';

/** One model that the rewriter refuses, and a test that looks at it. */
const target = {
  'models/a.sql': OLD,
  'test.sh': '#!/bin/sh\ngrep -q users models/a.sql\n',
};

const call = (name: string, input: unknown): ScriptedAnswer => ({
  calls: [[name, input]],
});
const edit = (old_text: string, new_text: string, path = 'models/a.sql') =>
  call('edit_file', { path, old_text, new_text });
const finish = call('finish', { summary: 'Done.' });
const steps = (changed: Partial<AgentSettings>): JobStep[] => [
  { type: 'mapping' },
  { type: 'agent', ...agentSettings, ...changed },
];

describe('the agent of a job', () => {
  let bench: AgentBench;

  beforeEach(async () => {
    bench = await AgentBench.create();
  });
  afterEach(() => bench.close());

  describe('makes a change', () => {
    it('that the rewriter refused', async () => {
      const result = await bench.run(target, [
        { text: 'I look.', calls: [['read_file', { path: 'models/a.sql' }]] },
        edit(OLD, SOLVED),
        call('verify', {}),
        call('finish', { summary: 'Gender is gone.', remarks: ['unclear'] }),
      ]);
      expect(result).toMatchObject({
        outcome: 'proposed',
        report: {
          refusals: [],
          agent: {
            outcome: 'finished',
            summary: 'Gender is gone.',
            remarks: ['unclear'],
            turns: 4,
            model: 'scripted-1',
            files: ['models/a.sql'],
            resolved: [{ kind: 'column' }, { kind: 'dataset' }],
          },
          reviews: [{ verdict: 'accepted' }],
        },
      });
      expect(bench.after(result, 'models/a.sql')).toBe(SOLVED);
    });

    it('that repairs what the rewrite broke', async () => {
      const result = await bench.run(
        {
          'models/a.sql': 'select user_id\nfrom `acme.user_data.users_v1`\n',
          'test.sh':
            '#!/bin/sh\nif grep -q users_v2 models/a.sql && ! test -f models/users_v2.yml; then echo "users_v2 has no description"; exit 1; fi\n',
        },
        [
          request => {
            const [{ content }] = request.messages;
            expect(JSON.stringify(content)).toContain(
              'users_v2 has no description',
            );
            return call('create_file', {
              path: 'models/users_v2.yml',
              content: 'version: 2\n',
            });
          },
          finish,
        ],
      );
      expect(result).toMatchObject({ outcome: 'proposed' });
      expect(result.report.verification).toContainEqual(
        expect.objectContaining({ source: 'repository', outcome: 'passed' }),
      );
      expect(bench.after(result, 'models/users_v2.yml')).toBe('version: 2\n');
    });

    it('that leaves a place to a person, with the note and the guide', async () => {
      const files = {
        ...target,
        'models/b.sql': 'select user_id from `acme.user_data.users_v1`\n',
      };
      const result = await bench.run(files, [
        call('ask_for_human', {
          path: 'models/a.sql',
          line: 1,
          field: 'gender',
          reason: 'Is it needed',
        }),
        finish,
      ]);
      expect(bench.after(result, 'models/a.sql')).toBe(`${NOTE}${OLD}`);
      expect(result).toMatchObject({
        outcome: 'proposed',
        report: {
          agent: { files: [], resolved: [], asked: [{ text: 'gender' }] },
        },
      });
      expect(result.report.refusals).toMatchObject([
        { code: 'person-decides', text: 'gender' },
        { kind: 'dataset' },
      ]);
    });

    it('is not asked for where the rewriter did it all and the checks pass', async () => {
      const result = await bench.run(
        {
          ...target,
          'models/a.sql': 'select user_id from `acme.user_data.users_v1`\n',
        },
        [],
      );
      expect(result).toMatchObject({ outcome: 'proposed' });
      expect(result.report.agent).toBeUndefined();
    });

    it('and is told what CI said of an earlier try, though all that it sees passes', async () => {
      const result = await bench.run(
        {
          ...target,
          'models/a.sql': 'select user_id from `acme.user_data.users_v1`\n',
        },
        [edit('select', 'SELECT'), finish],
        { feedback: ['CI: build: models/a.sql:1: keywords are upper case'] },
      );
      expect(result).toMatchObject({ outcome: 'proposed' });
      expect(JSON.stringify(bench.model.requests[0])).toContain(
        'keywords are upper case',
      );
      expect(bench.after(result, 'models/a.sql')).toMatch(/^SELECT /);
    });

    it('keeps line ends of the file, and replaces only what stands there once', async () => {
      const old = OLD.replaceAll('\n', '\r\n');
      const result = await bench.run(
        { ...target, 'models/a.sql': `${old}-- twice\r\n-- twice\r\n` },
        [
          edit('-- twice', '-- once'),
          edit('-- thrice', '-- once'),
          edit(OLD, SOLVED),
          finish,
        ],
      );
      expect(bench.toolResults().slice(0, 2)).toMatchObject([
        { failed: true, result: expect.stringContaining('2 times') },
        { failed: true, result: expect.stringContaining('does not stand') },
      ]);
      expect(bench.after(result, 'models/a.sql')).toBe(
        `${SOLVED.replaceAll('\n', '\r\n')}-- twice\r\n-- twice\r\n`,
      );
    });

    it('cannot finish while the checks fail, or the old dataset is read', async () => {
      const result = await bench.run(target, [
        edit('from `acme.user_data.users_v1`', 'from nothing'),
        finish,
        edit('from nothing', 'from `acme.user_data.users_v1`'),
        edit('user_id, gender', 'user_id'),
        finish,
        edit('select user_id\nfrom `acme.user_data.users_v1`\n', SOLVED),
        finish,
      ]);
      const answers = bench
        .toolResults()
        .filter(({ name }) => name === 'finish');
      expect(answers).toMatchObject([
        { failed: true, result: expect.stringContaining('test') },
        { failed: true, result: expect.stringContaining('users_v1') },
        { failed: false, result: 'Finished.' },
      ]);
      expect(bench.after(result, 'models/a.sql')).toBe(SOLVED);
    });
  });

  describe('and the review', () => {
    it('recovers from a veto in the same talk', async () => {
      bench.server.reviews.push({
        verdict: 'rejected',
        feedback: ['gender must stay a string'],
        final: false,
      });
      const result = await bench.run(target, [
        edit(OLD, SOLVED.replace('string', 'int64')),
        finish,
        request => {
          expect(request.messages).toHaveLength(5);
          expect(JSON.stringify(request.messages[4])).toContain(
            'gender must stay a string',
          );
          return edit('int64', 'string');
        },
        finish,
      ]);
      expect(result).toMatchObject({
        outcome: 'proposed',
        report: { reviews: [{ verdict: 'rejected' }, { verdict: 'accepted' }] },
      });
      expect(bench.after(result, 'models/a.sql')).toBe(SOLVED);
      expect(bench.server.reviewed).toHaveLength(2);
    });

    it('ends where it is rejected for good', async () => {
      bench.server.reviews.push({
        verdict: 'rejected',
        feedback: ['a test was deleted'],
        final: true,
      });
      expect(
        await bench.run(target, [edit(OLD, SOLVED), finish]),
      ).toMatchObject({
        outcome: 'failed',
        failureKind: 'review-rejected',
        summary: 'The review rejects the change: a test was deleted',
        patch: expect.stringContaining('users_v2'),
      });
    });

    it('leaves to a person what it asks about', async () => {
      bench.server.reviews.push({
        verdict: 'ask',
        feedback: ['large'],
        final: true,
      });
      expect(
        await bench.run(target, [edit(OLD, SOLVED), finish]),
      ).toMatchObject({ outcome: 'proposed' });
    });
  });

  describe('ends', () => {
    const withOther = {
      ...target,
      'models/b.sql': 'select user_id from `acme.user_data.users_v1`\n',
    };

    it('with its own outcome where the budget is spent', async () => {
      const result = await bench.run(withOther, [
        edit(OLD, SOLVED),
        {
          status: 403,
          type: 'budget_exceeded',
          message: 'The campaign has spent its 10 USD',
        },
      ]);
      expect(result).toMatchObject({
        outcome: 'overBudget',
        summary: 'The campaign has spent its 10 USD',
        patch: expect.stringContaining('cast(null as string)'),
        report: { agent: { outcome: 'overBudget', turns: 1 } },
      });
    });

    it('the same way where the backend says so in a stream', async () => {
      expect(
        await bench.run(withOther, [
          {
            streamError: { type: 'budget_exceeded', message: 'Spent' },
          },
        ]),
      ).toMatchObject({ outcome: 'overBudget', summary: 'Spent' });
    });

    it.each<[string, Partial<AgentSettings>, ScriptedAnswer[]]>([
      ['turns', { maxTurns: 1 }, [edit(OLD, SOLVED)]],
      ['tokens', { maxTotalTokens: 1_000 }, [edit(OLD, SOLVED)]],
      ['refused', {}, [edit(OLD, SOLVED), { stopReason: 'refusal' }]],
      [
        'tokens',
        {},
        [edit(OLD, SOLVED), { stopReason: 'model_context_window_exceeded' }],
      ],
      ['stuck', {}, Array(4).fill({ text: 'I am done, I think.' })],
      ['stuck', {}, Array(4).fill(call('rm_rf', { path: '/' }))],
      ['stuck', {}, Array(4).fill(call('read_file', { file: 7 }))],
      [
        'unavailable',
        {},
        [
          edit(OLD, SOLVED),
          { status: 529, type: 'overloaded_error', message: 'Overloaded' },
        ],
      ],
    ])(
      'by a bound (%s, %j), and what the rewriter did stands with a note',
      async (outcome, changed, script) => {
        const result = await bench.run(withOther, script, {
          steps: steps(changed),
        });
        expect(result).toMatchObject({
          outcome: 'proposed',
          report: {
            agent: { outcome, files: [] },
            refusals: [{ kind: 'column' }, { kind: 'dataset' }],
          },
        });
        expect(bench.after(result, 'models/a.sql')).toMatch(
          /^-- skein: still reads acme.user_data.users_v1/m,
        );
        expect(bench.after(result, 'models/b.sql')).toContain('users_v2');
      },
    );

    it('in failure where it alone was to make the change', async () => {
      expect(
        await bench.run(target, [edit(OLD, SOLVED)], {
          steps: [
            { type: 'agent', ...agentSettings, when: 'always', maxTurns: 1 },
          ],
        }),
      ).toMatchObject({
        outcome: 'failed',
        failureKind: 'agent-unfinished',
        patch: expect.stringContaining('users_v2'),
      });
    });

    it('at once where the job is stopped', async () => {
      bench.server.stop = true;
      bench.server.source = bench.repository.bundle([
        { path: 'models/a.sql', content: OLD },
      ]);
      bench.server.spec = agentSpec;
      await expect(bench.attempt()).resolves.toBeUndefined();
      expect(bench.server.results).toEqual([]);
    });
  });

  describe('is not called', () => {
    it('where no model is connected', async () => {
      const result = await bench.run(target, [], {
        steps: steps({ model: undefined }),
      });
      expect(result).toMatchObject({
        outcome: 'needsHuman',
        report: {
          agent: {
            outcome: 'unavailable',
            summary: expect.stringContaining('no model is connected'),
          },
        },
      });
      expect(bench.after(result, 'models/a.sql')).toMatch(/^-- skein: /m);
    });

    it('where nothing could tell a right change from a wrong one, unless the campaign says so', async () => {
      const files = { 'models/a.sql': OLD };
      const result = await bench.run(files, []);
      expect(result.report.agent).toMatchObject({ outcome: 'unavailable' });
      const verification = {
        ...agentSpec.verification,
        unverified: 'allow' as const,
      };
      expect(
        await bench.run(files, [edit(OLD, SOLVED), finish], { verification }),
      ).toMatchObject({ report: { agent: { outcome: 'finished' } } });
    });
  });

  describe('speaks the Messages API', () => {
    it('with the same bytes before the target for all jobs of a revision', async () => {
      await bench.run(target, [edit(OLD, SOLVED), finish]);
      const [first] = bench.model.requests;
      await bench.run(
        {
          ...target,
          'models/a.sql': `-- another\n${OLD}`,
        },
        [edit(OLD, SOLVED), finish],
      );
      const [second] = bench.model.requests;
      const prefix = ({ tools, system }: typeof first) =>
        JSON.stringify({ tools, system });
      expect(prefix(second)).toBe(prefix(first));
      expect(first.system).toMatchObject([
        { type: 'text' },
        { type: 'text', cache_control: { type: 'ephemeral' } },
      ]);
    });

    it('so that each turn reads what the one before wrote into the cache', async () => {
      const result = await bench.run(target, [
        call('list_files', {}),
        edit(OLD, SOLVED),
        finish,
      ]);
      const { usage } = result.report.agent!;
      expect(usage.cacheRead).toBeGreaterThan(usage.cacheWrite);
      expect(usage.input).toBeLessThan(usage.cacheWrite);
    });

    it('again where an answer broke off, and does nothing of half an answer', async () => {
      const result = await bench.run(target, [
        { ...edit('select', 'SELECT'), breakAfter: 5 },
        edit(OLD, SOLVED),
        finish,
      ]);
      expect(bench.after(result, 'models/a.sql')).toBe(SOLVED);
      expect(result.report.agent).toMatchObject({ turns: 2 });
    });

    it('and does nothing of an answer that was cut', async () => {
      const result = await bench.run(target, [
        { ...edit(OLD, 'select 1\n'), stopReason: 'max_tokens' },
        { text: 'Let me think', stopReason: 'pause_turn' },
        edit(OLD, SOLVED),
        { text: 'Done.' },
        finish,
      ]);
      expect(bench.after(result, 'models/a.sql')).toBe(SOLVED);
    });

    it('with several calls in one answer, each answered', async () => {
      const result = await bench.run(target, [
        {
          calls: [
            ['read_file', { path: 'models/a.sql' }],
            ['search_files', { query: 'users_v1' }],
            ['nonsense', {}],
            ['git_log', {}],
          ],
        },
        {
          calls: [
            [
              'edit_file',
              { path: 'models/a.sql', old_text: OLD, new_text: SOLVED },
            ],
            ['git_status', {}],
            ['git_diff', { path: 'models' }],
          ],
        },
        finish,
      ]);
      expect(result.outcome).toBe('proposed');
      const [, search, , log, , status, diff] = bench.toolResults();
      expect(search.result).toBe(
        'models/a.sql:2:from `acme.user_data.users_v1`',
      );
      expect(log.result).toMatch(/Source$/);
      expect(status.result).toBe('models/a.sql');
      expect(diff.result).toContain('+from `acme.user_data.users_v2`');
    });
  });

  it('tells each turn and each call, without secrets', async () => {
    const key = `sk-ant-api03-${'x'.repeat(40)}`;
    await bench.run({ ...target, 'notes.txt': `${TOKEN}\n${key}\n` }, [
      {
        text: `The key is ${key}`,
        calls: [['read_file', { path: 'notes.txt' }]],
      },
      edit(OLD, SOLVED),
      finish,
    ]);
    const entries = bench.server.events.filter(
      ({ type }) => type === 'transcript',
    );
    expect(entries.map(({ data }) => data?.kind)).toEqual([
      'turn',
      'tool',
      'turn',
      'tool',
      'turn',
      'tool',
    ]);
    expect(entries[0]).toMatchObject({
      message: expect.stringMatching(/^Turn 1: \d+ tokens in, \d+ out/),
      data: {
        turn: 1,
        model: 'scripted-1',
        stopReason: 'tool_use',
        text: 'The key is [redacted]',
      },
    });
    const all = JSON.stringify(bench.server.events);
    expect(all).not.toContain(key);
    expect(all).not.toContain(TOKEN);
  });

  it('is shown nothing of a file that holds secrets by its name, whichever tool it asks', async () => {
    const word = 'only-the-team-knows-this';
    const asked: string[] = [];
    const secretFiles = ['.env', 'models/.env.production', 'keys/id_rsa'];
    const result = await bench.run(
      {
        ...target,
        ...Object.fromEntries(secretFiles.map(path => [path, `A=${word}\n`])),
        '.env.example': 'A=put-your-own-here\n',
      },
      [
        {
          calls: [
            ...secretFiles.flatMap(
              (path): Array<[string, object]> => [
                ['read_file', { path }],
                ['edit_file', { path, old_text: 'A=only', new_text: 'A=only' }],
              ],
            ),
            ['search_files', { query: 'A=' }],
            ['git_diff', {}],
            ['read_file', { path: '.env.example' }],
          ],
        },
        request => {
          asked.push(JSON.stringify(request.messages.at(-1)));
          return edit(OLD, SOLVED);
        },
        finish,
      ],
    );
    expect(result).toMatchObject({ outcome: 'proposed' });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain('put-your-own-here');
    expect(asked[0].match(/holds secrets by its name/g)).toHaveLength(6);
    expect(asked[0]).not.toContain(word);
  });

  it('runs the commands that the campaign allows, and takes over what they change', async () => {
    const bash = [['sh', 'scripts/*.sh']];
    const result = await bench.run(
      {
        ...target,
        'scripts/fix.sh': `cat > models/a.sql <<'END'\n${SOLVED}END\necho fixed\n`,
      },
      [
        call('bash', { command: ['sh', '-c', 'id'] }),
        call('bash', { command: ['sh', 'scripts/../../x.sh'] }),
        call('bash', { command: ['sh', 'scripts/fix.sh'] }),
        finish,
      ],
      { steps: steps({ bash }) },
    );
    expect(bench.toolResults()).toMatchObject([
      { failed: true, result: expect.stringContaining('not allowed') },
      { failed: true, result: expect.stringContaining('not allowed') },
      { failed: false, result: expect.stringContaining('fixed') },
      {},
    ]);
    expect(bench.after(result, 'models/a.sql')).toBe(SOLVED);
  });
});
