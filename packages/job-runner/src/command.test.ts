import { execFileSync } from 'child_process';
import { join } from 'path';
import {
  AgentBench,
  agentSettings,
  agentSpec,
} from './__testUtils__/AgentBench';
import { TOKEN } from './__testUtils__/ProtocolTestServer';
import { CommandSettings } from './protocol';

const OLD = 'select user_id\nfrom `acme.user_data.users_v1`\n';
const NEW =
  'select user_identifier as user_id\nfrom `acme.user_data.users_v2`\n';

const files = {
  'models/a.sql': OLD,
  'test.sh': '#!/bin/sh\ngrep -q users models/a.sql\n',
};

const command = (
  run: string[],
  changed: Partial<CommandSettings> = {},
): Pick<typeof agentSpec, 'steps'> => ({
  steps: [
    {
      type: 'command',
      when: 'always',
      run,
      environment: {},
      timeoutSeconds: 30,
      ...changed,
    },
  ],
});

const write = (text: string) => `cat > models/a.sql <<'END'\n${text}END\n`;

describe('a command that makes the change', () => {
  let bench: AgentBench;
  let runnerFile: string;

  beforeAll(() => {
    const folder = execFileSync('mktemp', ['-d']).toString().trim();
    execFileSync(process.execPath, ['scripts/build-bundle.mjs', folder], {
      cwd: join(__dirname, '..'),
    });
    runnerFile = join(folder, 'job-runner.cjs');
  });
  beforeEach(async () => {
    bench = await AgentBench.create();
    bench.runnerFile = runnerFile;
  });
  afterEach(() => bench.close());

  it('is verified and reviewed like any other', async () => {
    const result = await bench.run(
      files,
      [],
      command(['sh', '-c', `${write(NEW)}echo "moved by $WHO"`], {
        environment: { WHO: 'a codemod' },
      }),
    );
    expect(result).toMatchObject({
      outcome: 'proposed',
      summary: '1 file changed beyond the mapping tables',
      report: {
        commands: [
          {
            outcome: 'succeeded',
            output: 'moved by a codemod\n',
            files: ['models/a.sql'],
          },
        ],
        reviews: [{ verdict: 'accepted' }],
      },
    });
    expect(bench.after(result, 'models/a.sql')).toBe(NEW);
  });

  it('fails where what it left does not pass', async () => {
    expect(
      await bench.run(
        files,
        [],
        command(['sh', '-c', 'echo "select 1" > models/a.sql']),
      ),
    ).toMatchObject({ outcome: 'failed', failureKind: 'verification-failed' });
  });

  it('cannot call a change complete that leaves the old dataset', async () => {
    expect(
      await bench.run(
        files,
        [],
        command(['sh', '-c', 'echo "-- done" >> models/a.sql']),
      ),
    ).toMatchObject({
      outcome: 'failed',
      failureKind: 'verification-failed',
      summary: expect.stringContaining('models/a.sql:1 still has user_id'),
    });
  });

  it.each<[string, string[], Partial<CommandSettings>, RegExp]>([
    [
      'is not there',
      ['claude', '-p'],
      {},
      /claude is not installed where jobs run/,
    ],
    [
      'fails',
      ['sh', '-c', 'echo no luck >&2; exit 3'],
      {},
      /sh ended with code 3: no luck/,
    ],
    [
      'takes too long',
      ['sleep', '600'],
      { timeoutSeconds: 1 },
      /did not end within 1 s/,
    ],
  ])('says so where it %s', async (_, run, changed, summary) => {
    expect(await bench.run(files, [], command(run, changed))).toMatchObject({
      outcome: 'failed',
      failureKind: 'command-failed',
      summary: expect.stringMatching(summary),
    });
  });

  it('is not run for nothing where it is for what is left', async () => {
    const [step] = command(['false'], { when: 'refused' }).steps;
    const result = await bench.run(files, [], {
      steps: [{ type: 'mapping' }, step],
    });
    expect(result).toMatchObject({ outcome: 'proposed' });
    expect(result.report.commands).toBeUndefined();
  });

  it('goes before an agent that does what it left', async () => {
    const [step] = command([
      'sh',
      '-c',
      'echo "-- codemod" >> models/a.sql',
    ]).steps;
    const result = await bench.run(
      files,
      [
        {
          calls: [
            [
              'edit_file',
              {
                path: 'models/a.sql',
                old_text: `${OLD}-- codemod\n`,
                new_text: NEW,
              },
            ],
          ],
        },
        { calls: [['finish', { summary: 'Done.' }]] },
      ],
      { steps: [step, { type: 'agent', ...agentSettings }] },
    );
    expect(bench.after(result, 'models/a.sql')).toBe(NEW);
  });

  it("finds the prompt, the model and a token that is not the attempt's", async () => {
    const ask = `
      const { readFileSync, writeFileSync } = require('fs');
      const { request } = require('http');
      const { ANTHROPIC_BASE_URL: base, ANTHROPIC_AUTH_TOKEN: token } = process.env;
      const prompt = readFileSync(process.env.SKEIN_PROMPT_FILE, 'utf8');
      if (!prompt.includes('users_v1') || prompt !== process.argv[1]) throw new Error(prompt);
      const call = (path, auth) => new Promise(resolve => {
        const headers = { authorization: 'Bearer ' + auth, 'content-type': 'application/json', 'anthropic-version': '2023-06-01' };
        const bound = path.endsWith('count_tokens') ? {} : { max_tokens: 10 };
        const body = JSON.stringify({ model: 'scripted-1', ...bound, messages: [{ role: 'user', content: 'hi' }] });
        request(base + path, { method: 'POST', headers }, response => {
          let text = '';
          response.on('data', data => (text += data)).on('end', () => resolve([response.statusCode, text]));
        }).end(body);
      });
      (async () => {
        const answers = [
          await call('/v1/messages', token),
          await call('/v1/messages/count_tokens', token),
          await call('/v1/messages', 'another'),
          await call('/v1/events', token),
          await call('/v1/result', token),
        ];
        console.log(answers.map(([status]) => status).join());
        console.log(JSON.parse(answers[0][1]).content[0].text);
        writeFileSync('models/a.sql', ${JSON.stringify(NEW)});
      })();`;
    const result = await bench.run(
      files,
      [{ text: 'hello' }],
      command([process.execPath, '-e', ask, '{{ prompt }}']),
    );
    expect(result.report.commands).toMatchObject([
      { output: '200,200,401,404,404\nhello\n' },
    ]);
    expect(JSON.stringify(result)).not.toContain(TOKEN);
    expect(result.outcome).toBe('proposed');
  });

  it('may ask to verify again and again, at once, and end before it is answered', async () => {
    const ask = `
      const { writeFileSync } = require('fs');
      const { request } = require('http');
      const { SKEIN_VERIFY_URL: url, SKEIN_VERIFY_TOKEN: token } = process.env;
      const verify = () => new Promise(resolve => {
        request(url, { method: 'POST', headers: { authorization: 'Bearer ' + token } }, response => {
          let text = '';
          response.on('data', data => (text += data)).on('end', () => resolve(JSON.parse(text).ok));
        }).end();
      });
      (async () => {
        writeFileSync('models/a.sql', ${JSON.stringify(NEW)});
        console.log((await Promise.all([verify(), verify(), verify()])).join());
        writeFileSync('models/b.sql', 'select 1\\n');
        verify();
        setTimeout(() => process.exit(0), 50);
      })();`;
    const result = await bench.run(
      files,
      [],
      command([process.execPath, '-e', ask]),
    );
    expect(result).toMatchObject({
      outcome: 'proposed',
      report: {
        commands: [
          {
            output: 'true,true,true\n',
            files: ['models/a.sql', 'models/b.sql'],
            left: [],
          },
        ],
      },
    });
  });

  it('verifies over MCP what it has so far', async () => {
    // The SDK's own client, as another agent would bring it.
    const client = `
      const { readFileSync, writeFileSync } = require('fs');
      const { Client } = require(${JSON.stringify(
        require.resolve('@modelcontextprotocol/sdk/client/index.js'),
      )});
      const { StdioClientTransport } = require(${JSON.stringify(
        require.resolve('@modelcontextprotocol/sdk/client/stdio.js'),
      )});
      const { mcpServers: { skein } } = JSON.parse(readFileSync(process.argv[1], 'utf8'));
      (async () => {
        const client = new Client({ name: 'another', version: '1' });
        await client.connect(new StdioClientTransport(skein));
        const { tools } = await client.listTools();
        console.log(tools.map(({ name }) => name).join());
        for (const text of ['select 1\\n', ${JSON.stringify(NEW)}]) {
          writeFileSync('models/a.sql', text);
          const { content, isError } = await client.callTool({ name: 'verify', arguments: {} });
          console.log(isError ? 'red' : 'green', content[0].text.split('\\n')[0]);
        }
        await client.close();
      })();`;
    const result = await bench.run(
      files,
      [],
      command([process.execPath, '-e', client, '{{ mcpConfig }}']),
    );
    const [{ output }] = result.report.commands!;
    expect(output!.split('\n')).toEqual([
      'verify',
      expect.stringMatching(/^red "test.sh/),
      expect.stringMatching(/^green Verification passed/),
      '',
    ]);
    expect(bench.after(result, 'models/a.sql')).toBe(NEW);
  });
});
