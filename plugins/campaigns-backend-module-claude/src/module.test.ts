import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import {
  campaignsModelExtensionPoint,
  ModelProvider,
} from '@skein/plugin-campaigns-node';
import { ConfigReader } from '@backstage/config';
import campaignsModuleClaude from '.';
import { readClaudeConfig } from './readClaudeConfig';

async function connected(
  claude: JsonObject | undefined,
): Promise<ModelProvider | undefined> {
  const setModelProvider = jest.fn();
  const backend = await startTestBackend({
    extensionPoints: [[campaignsModelExtensionPoint, { setModelProvider }]],
    features: [
      campaignsModuleClaude,
      mockServices.rootConfig.factory({
        data: { campaigns: claude ? { claude } : {} },
      }),
    ],
  });
  await backend.stop();
  return setModelProvider.mock.calls[0]?.[0];
}

describe('campaignsModuleClaude', () => {
  it('connects nothing without a key, and lets the backend start', async () => {
    expect(await connected(undefined)).toBe(undefined);
    expect(await connected({ model: 'claude-sonnet-5-5' })).toBe(undefined);
  });

  it('connects Claude as it is configured', async () => {
    expect(
      await connected({
        apiKey: 'sk-1',
        baseURL: 'https://proxy.example.com/anthropic',
        model: 'claude-sonnet-5-5',
        effort: 'medium',
        thinking: 'adaptive',
        maxTokens: 8_000,
      }),
    ).toMatchObject({
      id: 'claude',
      title: 'Claude at proxy.example.com',
      defaults: {
        model: 'claude-sonnet-5-5',
        effort: 'medium',
        thinking: { type: 'adaptive' },
        maxTokens: 8_000,
      },
    });
  });

  it('is called what the configuration calls it', async () => {
    expect(
      await connected({ apiKey: 'sk-1', title: 'Claude of the platform team' }),
    ).toMatchObject({ title: 'Claude of the platform team' });
  });
});

describe('readClaudeConfig', () => {
  const read = (claude: JsonObject) =>
    readClaudeConfig(new ConfigReader({ campaigns: { claude } }));

  it('puts keys of campaigns and owners before the general one', () => {
    expect(
      read({
        apiKey: 'general',
        keys: [
          { campaign: 'retire-users', apiKey: 'users' },
          { owner: 'platform', apiKey: 'platform' },
        ],
      }).keys,
    ).toEqual([
      { apiKey: 'users', campaign: 'retire-users', owner: undefined },
      {
        apiKey: 'platform',
        campaign: undefined,
        owner: 'group:default/platform',
      },
      { apiKey: 'general' },
    ]);
  });

  it('refuses a key that is for nobody', () => {
    expect(() => read({ keys: [{ apiKey: 'x' }] })).toThrow(
      "'campaigns.claude.keys[0]' is for nobody",
    );
  });
});
