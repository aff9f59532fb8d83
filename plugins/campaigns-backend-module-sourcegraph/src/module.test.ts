import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  campaignsForgeExtensionPoint,
  CodeSearchProvider,
} from '@skein/plugin-campaigns-node';
import campaignsModuleSourcegraph from '.';

async function providersOf(campaigns: Record<string, { url: string }>) {
  const providers: CodeSearchProvider[] = [];
  const plugin = createBackendPlugin({
    pluginId: 'campaigns',
    register(env) {
      env.registerExtensionPoint(campaignsForgeExtensionPoint, {
        addForge: () => {},
        addCodeSearchProvider: provider => providers.push(provider),
      });
      env.registerInit({ deps: {}, async init() {} });
    },
  });
  const backend = await startTestBackend({
    features: [
      plugin,
      campaignsModuleSourcegraph,
      mockServices.rootConfig.factory({ data: { campaigns } }),
    ],
  });
  await backend.stop();
  return providers.map(({ id, title }) => ({ id, title }));
}

describe('campaignsModuleSourcegraph', () => {
  it('brings the servers that are configured', async () => {
    const url = 'https://search.example.com/';
    expect(await providersOf({ sourcegraph: { url }, zoekt: { url } })).toEqual(
      [
        { id: 'sourcegraph', title: 'Sourcegraph' },
        { id: 'zoekt', title: 'Zoekt' },
      ],
    );
    expect(await providersOf({})).toEqual([]);
  });

  it('does not start with an address that is none', async () => {
    await expect(
      providersOf({ zoekt: { url: 'zoekt.example.com:6070' } }),
    ).rejects.toThrow(/Zoekt in the configuration is 'zoekt.example.com:6070'/);
  });
});
