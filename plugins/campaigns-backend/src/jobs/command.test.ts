import { TestDatabases } from '@backstage/backend-test-utils';
import { TransformReport } from '@skein/job-runner';
import { ContextStep } from '../campaigns/contextStepsOf';
import { ChangeRow } from '../database/operations/jobs/tables';
import {
  messageOf,
  ScriptedProvider,
} from '../gateway/__testUtils__/ScriptedProvider';
import { scriptedModelConfig } from '../gateway/__testUtils__/scriptedModelConfig';
import { exampleContext } from './__testUtils__/campaign';
import { JobBench } from './__testUtils__/JobBench';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const OLD = 'select user_id from `acme.user_data.users_v1`\n';
const NEW =
  'select user_identifier as user_id from `acme.user_data.users_v2`\n';

/** An agent of another make, as a script of the repository: it asks the model, verifies, and writes what it was told. */
const agent = `
const { request } = require('http');
const { readFileSync, writeFileSync } = require('fs');
const { spawn } = require('child_process');
const { ANTHROPIC_BASE_URL: base, ANTHROPIC_AUTH_TOKEN: token, SKEIN_MCP_CONFIG: config } = process.env;
const call = (path, body) => new Promise((resolve, reject) => {
  const headers = { 'x-api-key': token, 'content-type': 'application/json', 'anthropic-version': '2023-06-01' };
  request(base + path, { method: 'POST', headers }, response => {
    let text = '';
    response.on('data', data => (text += data)).on('end', () => resolve(JSON.parse(text)));
  }).on('error', reject).end(JSON.stringify(body));
});
/** The MCP tool, by hand: a line of JSON for each message. */
const verify = () => new Promise(resolve => {
  const { command, args, env } = JSON.parse(readFileSync(config, 'utf8')).mcpServers.skein;
  const server = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] });
  const send = message => server.stdin.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n');
  let text = '';
  server.stdout.on('data', data => {
    text += data;
    for (const line of text.split('\\n').slice(0, -1)) {
      const { id, result } = JSON.parse(line);
      if (id === 2) { server.kill(); resolve(result); }
    }
  });
  send({ id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'x', version: '1' } } });
  send({ method: 'notifications/initialized' });
  send({ id: 2, method: 'tools/call', params: { name: 'verify', arguments: {} } });
});
(async () => {
  const { content } = await call('/v1/messages', {
    model: 'scripted-1', max_tokens: 100,
    messages: [{ role: 'user', content: readFileSync(process.env.SKEIN_PROMPT_FILE, 'utf8') }],
  });
  const before = await verify();
  writeFileSync('models/a.sql', content[0].text);
  const after = await verify();
  console.log([before.isError, after.isError].join());
})();
`;

it('an agent of another make works in the sandbox, behind the same gateway and the same checks', async () => {
  const provider = new ScriptedProvider();
  provider.answer = () => messageOf([{ type: 'text', text: NEW }]);
  const step: ContextStep = {
    type: 'command',
    when: 'always',
    run: ['{{ node }}', 'agent.js'],
    environment: {},
    timeoutSeconds: 600,
  };
  const bench = await JobBench.create(await databases.init('SQLITE_3'), {
    context: { ...exampleContext, steps: [step], promptVersion: 'v1' },
    modelProvider: provider,
    modelConfig: scriptedModelConfig(),
  });
  bench.start();
  try {
    const { jobId, name, targetId } = await bench.enqueue({
      'models/a.sql': OLD,
      'agent.js': agent,
      'test.sh': '#!/bin/sh\ngrep -q users models/a.sql\n',
    });
    await bench.ended(jobId);
    const change = await bench
      .knex<ChangeRow>('changes')
      .where({ target_id: targetId })
      .first();
    const report: TransformReport = JSON.parse(change!.report);
    expect(report.commands).toMatchObject([
      {
        outcome: 'succeeded',
        // What it had not changed yet still read the old dataset.
        output: 'true,false\n',
        files: ['models/a.sql'],
      },
    ]);
    expect((await bench.target(targetId)).state).toBe('proposed');
    expect(bench.repositories.apply(name, change!.patch, 'models/a.sql')).toBe(
      NEW,
    );
    expect(JSON.stringify(provider.requests[0].messages)).toContain(
      'acme.user_data.users_v1',
    );
    expect(await bench.knex('model_calls')).toHaveLength(1);
  } finally {
    await bench.stop();
  }
});
