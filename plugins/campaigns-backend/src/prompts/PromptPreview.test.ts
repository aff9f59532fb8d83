import { TestDatabases } from '@backstage/backend-test-utils';
import { rewrite } from '@skein/mapping-rewriter';
import { Target } from '@skein/plugin-campaigns-common';
import { RepositorySource } from '@skein/plugin-campaigns-node';
import { ContextContent } from '../campaigns/context';
import { migrate } from '../database/migrate';
import { insertRevision } from '../database/operations/campaigns/insertRevision';
import { exampleContext, insertCampaign } from '../jobs/__testUtils__/campaign';
import { ownSchemas } from '../schemas';
import { PromptPreview } from './PromptPreview';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const files: Record<string, string> = {
  'dbt/dbt_project.yml': 'name: x\n',
  'dbt/models/a.sql': 'select user_id from `acme.user_data.users_v1`\n',
  'dbt/models/b.sql': 'select gender from `acme.user_data.users_v1`\n',
  'other/c.sql': 'select user_id from `acme.user_data.users_v1`\n',
};

const agent: NonNullable<ContextContent['steps']>[number] = {
  type: 'agent',
  when: 'refused',
  maxTotalTokens: 1,
  maxTurns: 1,
  timeoutSeconds: 1,
  bash: [],
  skills: [{ name: 'style', text: 'Short lines.' }],
  mcpServers: [],
};

const context: ContextContent = {
  ...exampleContext,
  mappings: [
    {
      ...exampleContext.mappings[0],
      columns: [
        { from: 'user_id', to: 'user_identifier' },
        { from: 'gender', decision: 'person' },
      ],
    },
  ],
  steps: [{ type: 'mapping' }, agent],
  promptVersion: 'v1',
};

describe.each(databases.eachSupportedId())('PromptPreview on %s', id => {
  async function render(
    content: ContextContent,
    options: {
      model?: string;
      files?: Record<string, string>;
      /** Of a revision that is not the current one. */
      candidate?: ContextContent;
    } = {},
  ) {
    const knex = await databases.init(id);
    await migrate(knex);
    const { campaignId } = await insertCampaign(knex, content);
    const candidate =
      options.candidate &&
      (await insertRevision(knex, {
        campaign_id: campaignId,
        digest: '',
        content: JSON.stringify(options.candidate),
        spec: null,
        note: null,
        created_by: 'user:default/guest',
      }));
    const present = options.files ?? files;
    const source: Partial<RepositorySource> = {
      head: async repository => ({
        repository,
        branch: 'main',
        commit: 'c'.repeat(40),
        gitDir: '/nowhere',
      }),
      listFiles: async (_, listed) =>
        Object.keys(present)
          .filter(path => path.startsWith(`${listed?.path}/`))
          .map(path => ({ path, size: present[path].length })),
      readFiles: async (_, paths) =>
        new Map(paths.map(path => [path, present[path]])),
    };
    const preview = new PromptPreview({
      schemas: ownSchemas,
      knex,
      source: source as RepositorySource,
      rewriter: {
        rewrite: async (given, mappings, rewriteOptions) =>
          rewrite(given, mappings, rewriteOptions),
      },
      gateway: {
        settings: () =>
          options.model
            ? { model: options.model, maxTokens: 1_000 }
            : undefined,
      },
    });
    const target = {
      campaignId,
      repository: { host: 'forge.example.com', owner: 'acme', name: 'repo' },
      path: 'dbt',
    } as Target;
    return preview.render(target, candidate?.id);
  }

  it('shows what a job would tell, from the head of the branch', async () => {
    const prompt = await render(context, { model: 'scripted-1' });
    expect(prompt).toMatchObject({
      commit: 'c'.repeat(40),
      templates: 'v1',
      model: 'scripted-1',
      called: true,
      reason: 'The mapping tables leave 2 places.',
      sections: [
        { name: 'system' },
        { name: 'campaign', text: expect.stringContaining('## Skill: style') },
        { name: 'target' },
      ],
    });
    const [, , { text, tokens }] = prompt.sections;
    expect(text).toContain('dbt/models/a.sql:1:8');
    expect(text).toContain('dbt/models/b.sql:1:8');
    expect(text).toContain('Framework: dbt');
    expect(text).not.toContain('other/c.sql');
    expect(tokens).toBe(Math.ceil(text.length / 4));
  });

  it('shows what a revision would tell that no job is told yet', async () => {
    const { sections } = await render(context, {
      candidate: { ...context, prompt: 'Leave comments as they are.' },
    });
    expect(sections[1].text).toContain('Leave comments as they are.');
  });

  it('says why the agent would not be called', async () => {
    expect(await render(context)).toMatchObject({
      called: false,
      model: undefined,
      reason: expect.stringContaining('No model is connected'),
    });
    expect(
      await render(context, {
        model: 'scripted-1',
        files: { 'dbt/models/a.sql': files['dbt/models/a.sql'] },
      }),
    ).toMatchObject({
      called: false,
      reason: expect.stringContaining('leave nothing'),
    });
    const { steps, promptVersion, ...without } = context;
    expect(await render(without)).toMatchObject({
      called: false,
      reason: expect.stringContaining('no agent step'),
      sections: [{}, {}, {}],
    });
  });

  it('refuses a target that is too large to be looked at', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 2_001 }, (_, index) => [`dbt/${index}.sql`, 'x']),
    );
    await expect(render(context, { files: many })).rejects.toThrow(
      'The target has 2001 files',
    );
  });
});
