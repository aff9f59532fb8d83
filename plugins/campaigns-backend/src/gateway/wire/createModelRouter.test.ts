import Anthropic from '@anthropic-ai/sdk';
import { TestDatabases } from '@backstage/backend-test-utils';
import express from 'express';
import { once } from 'events';
import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import { Knex } from 'knex';
import { JobBench } from '../../jobs/__testUtils__/JobBench';
import { ClaimedAttempt } from '../../queue/JobQueue';
import { messageOf, ScriptedProvider } from '../__testUtils__/ScriptedProvider';
import { scriptedModelConfig } from '../__testUtils__/scriptedModelConfig';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const hello: Anthropic.MessageCreateParamsNonStreaming = {
  model: 'scripted-1',
  max_tokens: 100,
  messages: [{ role: 'user', content: 'Hello' }],
};

describe('the Messages API for runners', () => {
  let knex: Knex;
  let bench: JobBench;
  let provider: ScriptedProvider;
  let server: Server;
  let baseURL: string;
  let job: ClaimedAttempt;
  let client: Anthropic;

  beforeEach(async () => {
    knex = await databases.init('SQLITE_3');
    provider = new ScriptedProvider();
    bench = await JobBench.create(knex, {
      executor: { sandbox: 'off' },
      modelProvider: provider,
      modelConfig: scriptedModelConfig(),
    });
    await bench.enqueue({ 'a.sql': 'select 1' });
    [job] = await bench.queue.claim(1, 'test');
    server = createServer(express().use(bench.router)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    client = new Anthropic({ baseURL, authToken: job.token, apiKey: null });
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await bench.stop();
  });

  it('is spoken to by the official SDK, with the token as a token or as a key', async () => {
    const answer = messageOf([{ type: 'text', text: 'Good day' }]);
    provider.answer = () => answer;
    expect(await client.messages.create(hello)).toMatchObject(answer);
    const withKey = new Anthropic({ baseURL, apiKey: job.token });
    expect(await withKey.messages.create(hello)).toMatchObject(answer);
  });
});
