import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { LineageStore } from '../lineage';
import { spec } from '../openapi';
import { campaignFiles, campaignYaml } from './__testUtils__/exampleCampaign';
import { RouterBench } from './__testUtils__/RouterBench';
import { ids, seedProgress, seedTarget } from './__testUtils__/seedCampaign';
import { routes } from './__testUtils__/routeTable';

const { ALLOW, DENY } = AuthorizeResult;
const platform = ['group:default/platform'];
const ads = ['group:default/ads'];

/** What the policy lets each do; what is not named is denied. */
const policy: Record<string, (permission: string) => ReturnType<Decision>> = {
  'user:default/stranger': () => DENY,
  // Reads one campaign, and the target of one team in it.
  'user:default/reader': permission =>
    ({
      'campaigns.campaign.read': platform,
      'campaigns.target.read': ads,
      'campaigns.lineage.read': ALLOW,
    }[permission] ?? DENY),
  'user:default/owner': permission =>
    ({
      'campaigns.campaign.read': platform,
      'campaigns.target.read': ads,
      'campaigns.target.approve': ads,
      'campaigns.target.publish': ads,
      'campaigns.lineage.read': ALLOW,
    }[permission] ?? DENY),
  'user:default/runner': permission => {
    if (permission === 'campaigns.campaign.create') return ALLOW;
    if (permission.startsWith('campaigns.campaign.')) return platform;
    if (permission.startsWith('campaigns.target.')) {
      return { ofCampaignsOf: platform };
    }
    return ALLOW;
  },
  'user:default/admin': () => ALLOW,
  'external:test-service': () => ALLOW,
};
type Decision = Parameters<typeof RouterBench.start>[0] & Function;

/** The columns of the table, in order. */
const people = [
  mockCredentials.user.header('user:default/stranger'),
  mockCredentials.user.header('user:default/reader'),
  mockCredentials.user.header('user:default/owner'),
  mockCredentials.user.header('user:default/runner'),
  mockCredentials.user.header('user:default/admin'),
  mockCredentials.service.header(),
];
const [stranger, reader, owner, runner, ...seesAll] = people;

/** Keys of the targets: of the one team, of another, of nobody, and of another campaign. */
const keys = ['mine', 'theirs', 'orphan', 'foreign'];
const methods = ['get', 'post', 'put', 'delete'] as const;

describe('the table of who sees what', () => {
  let bench: RouterBench;
  let mine: { id: string; index: number; revisionId: string };
  let foreign: { id: string; index: number; revisionId: string };
  let tables: string[];
  let seeded: Record<string, any[]>;

  beforeAll(async () => {
    bench = await RouterBench.start((permission, who) =>
      policy[who] ? policy[who](permission) : DENY,
    );
    await seed();
    tables = (
      await bench.knex('sqlite_master').where({ type: 'table' }).pluck('name')
    ).filter(name => !/^(sqlite_|knex_)/.test(name));
    seeded = await dump();
  });

  afterEach(() => restore());

  afterAll(() => bench.stop());

  async function seed() {
    const admin = people[4];
    const created = [];
    for (const [index, [name, group]] of [
      ['retire-users', 'platform'],
      ['retire-vault', 'vault'],
    ].entries()) {
      const { body } = await bench.call(
        'post',
        '/campaigns',
        {
          yaml: campaignYaml
            .replace('name: retire-users', `name: ${name}`)
            .replace('Retire users', `Title of ${name}`)
            .replace('group:default/platform', `group:default/${group}`)
            .replace('separateApprover: true', 'separateApprover: false'),
          files: campaignFiles,
        },
        admin,
      );
      const campaign = { id: body.id, index, revisionId: body.revisionId };
      await seedProgress(bench.knex, campaign);
      created.push(campaign);
    }
    [mine, foreign] = created;
    await bench.knex('campaigns').update({
      state: 'paused',
      state_reason: '1 of the 3 targets of word-theirs failed',
      scope_state: 'ready',
      scope_message: 'acme/word-theirs could not be read',
    });
    const owners = ['ads', 'finance', undefined, 'finance'];
    for (const [index, key] of keys.entries()) {
      await seedTarget(bench.knex, {
        key,
        index,
        campaign: key === 'foreign' ? foreign : mine,
        owner: owners[index] && `group:default/${owners[index]}`,
      });
    }
    await LineageStore.create({
      knex: bench.knex,
      logger: mockServices.logger.mock(),
    }).replaceProviderFacts(
      'dbt',
      keys.flatMap((_, index) => {
        const job = `github.com/acme/job${index}//`;
        const entityRef = `component:default/job${index}`;
        const repository = {
          host: 'github.com',
          owner: 'acme',
          name: `job${index}`,
        };
        return [
          { type: 'job' as const, name: job, entityRef, repository },
          { type: 'read' as const, job, dataset: 'acme.user_data.users_v1' },
        ];
      }),
    );
  }

  async function dump(): Promise<Record<string, any[]>> {
    const rows: Record<string, any[]> = {};
    for (const table of tables) rows[table] = await bench.knex(table);
    return rows;
  }

  async function restore() {
    const { knex } = bench;
    await knex.raw('PRAGMA foreign_keys = OFF');
    for (const table of tables) {
      await knex(table).delete();
      if (seeded[table].length > 0) {
        await knex.batchInsert(table, seeded[table], 10);
      }
    }
    await knex.raw('PRAGMA foreign_keys = ON');
  }

  /** An address of a route, for a target and its campaign. */
  function addressOf(
    path: string,
    index: number,
    campaign = mine,
    query = routes[`get ${path}`]?.query ?? '',
  ): string {
    const values: Record<string, string> = {
      campaign: campaign.id,
      target: ids.target(index),
      job: ids.job(index),
      revision: campaign.revisionId,
      evaluation: ids.run(2 * campaign.index + 1),
    };
    return (
      path.replace(/\{(\w+)\}/g, (_, name) => values[name]) +
      query.replace(/\{(\w+)\}/g, (_, name) => values[name])
    );
  }

  function bodyOf(route: string, campaign = mine): object {
    const text = JSON.stringify(routes[route].body ?? {});
    return JSON.parse(text.replace(/\{revision\}/g, campaign.revisionId));
  }

  /** Which targets an answer shows anything of. */
  function shown(text: string): string[] {
    return keys.filter(
      (key, index) =>
        text.includes(`word-${key}`) ||
        Object.entries(ids).some(
          ([kind, id]) =>
            !['run', 'snapshot'].includes(kind) && text.includes(id(index)),
        ),
    );
  }

  const operations = Object.entries(spec.paths).flatMap(([path, operation]) =>
    methods
      .filter(method => method in operation)
      .map(method => ({ method, path, route: `${method} ${path}` })),
  );

  it('has a row for each route of the API, and no other', () => {
    expect(Object.keys(routes).sort()).toEqual(
      operations.map(({ route }) => route).sort(),
    );
  });

  it('lets nobody in who does not say who they are', async () => {
    for (const { method, path, route } of operations) {
      const { status, text } = await bench.call(
        method,
        addressOf(path, 0),
        method === 'get' ? undefined : bodyOf(route),
        mockCredentials.none.header(),
      );
      expect([route, status]).toEqual([route, 401]);
      expect(
        shown(text.replaceAll(ids.target(0), '').replaceAll(ids.job(0), '')),
      ).toEqual([]);
    }
  });

  it.each(operations)(
    'holds for $route as a stranger, a reader, an owner, who runs the campaign, an admin and a service',
    async ({ method, path, route }) => {
      const answers: string[] = [];
      const foreignWords: string[] = [];
      for (const person of people) {
        const { status, text } = await bench.call(
          method,
          addressOf(path, 0),
          method === 'get' ? undefined : bodyOf(route),
          person,
        );
        // Errors repeat what was asked for, and nothing else.
        const asked = [ids.target(0), ids.job(0), ids.change(0)];
        const said =
          status < 400
            ? text
            : asked.reduce((rest, id) => rest.replaceAll(id, ''), text);
        answers.push([status, ...shown(said)].join(' '));
        foreignWords.push(
          ...(seesAll.includes(person) ? [] : said.match(/[\w-]*vault/g) ?? []),
        );
        if (method !== 'get') await restore();
      }
      expect(answers).toEqual(routes[route].answers);
      expect(foreignWords).toEqual([]);
    },
  );

  /** An answer without the names of what was asked for. */
  async function askFor(
    { method, path, route }: (typeof operations)[number],
    person: string,
    index: number,
    campaign: typeof mine,
  ) {
    const address = addressOf(path, index, campaign);
    const { status, text } = await bench.call(
      method,
      address,
      method === 'get' ? undefined : bodyOf(route, campaign),
      person,
    );
    if (method !== 'get') await restore();
    const asked = [address, campaign.id, ids.target(index), ids.job(index)];
    const words = asked.reduce(
      (rest, id) => rest.replaceAll(id, '…'),
      text.replace(/"stack":"(?:[^"\\]|\\.)*",?/, ''),
    );
    return { route, status, words };
  }

  it('answers for what may not be read as for what there is not, in the same words', async () => {
    const nothing = 900;
    const nowhere = '99999999-0000-4000-8000-000000000000';
    for (const operation of operations) {
      const { path } = operation;
      if (!path.includes('{')) continue;
      for (const person of [stranger, reader, owner, runner]) {
        // Of a campaign that none of them may read, and for readers of some targets of the same campaign too.
        const hidden: Array<[number, typeof mine]> = [[3, foreign]];
        if (/\{(target|job)\}/.test(path) && person !== runner) {
          hidden.push([1, mine], [2, mine]);
        }
        for (const [index, campaign] of hidden) {
          const refused = await askFor(operation, person, index, campaign);
          const made = { ...campaign, id: nowhere };
          const missing = await askFor(operation, person, nothing, made);
          expect(refused).toEqual(missing);
          expect(refused.status).toBeGreaterThanOrEqual(400);
        }
      }
    }
  });

  it('says the same whatever there is that may not be read', async () => {
    const ask = async () => {
      const answers: Record<string, unknown> = {};
      for (const { method, path, route } of operations) {
        for (const [name, person] of Object.entries({
          stranger,
          reader,
          owner,
        })) {
          if (method !== 'get' && !route.includes('/targets/')) continue;
          const { status, body } = await bench.call(
            method,
            addressOf(path, 0),
            method === 'get' ? undefined : bodyOf(route),
            person,
          );
          answers[`${name} ${route}`] = [status, body];
          expect(status).not.toBe(500);
          if (method !== 'get') await restore();
        }
      }
      return answers;
    };
    const before = await ask();
    const { knex } = bench;
    const few = seeded;
    await knex('targets')
      .where({ id: ids.target(1) })
      .update({ state: 'failed', failure_kind: 'timeout', wave_index: null });
    for (const [index, state] of [
      'failed',
      'candidate',
      'pending',
      'prOpen',
      'approved',
    ].entries()) {
      await seedTarget(knex, {
        key: `more${index}`,
        index: 10 + index,
        campaign: index === 4 ? foreign : mine,
        owner: 'group:default/finance',
        state,
      });
    }
    await knex('runs').update({ target_count: 8 });
    await knex('model_spend')
      .where({ scope: 'campaign' })
      .update({ spent_nanos: 9e9 });
    await knex('campaigns').update({
      state_reason: '7 of the 8 targets of word-theirs failed',
    });
    await knex('scope_snapshots').update({ in_scope: 8, came: 8 });
    seeded = await dump();
    const after = await ask();
    seeded = few;
    for (const asked of Object.keys(before)) {
      expect([asked, after[asked]]).toEqual([asked, before[asked]]);
    }
  });

  it('changes nothing of targets that may not be read, and names none of them', async () => {
    const filter = { filter: {} };
    const named = { targetIds: keys.map((_, index) => ids.target(index)) };
    // Who may change each campaign of theirs, but reads one target.
    policy['user:default/half'] = permission => {
      if (permission.startsWith('campaigns.campaign.')) return platform;
      return permission.startsWith('campaigns.target.') ? ads : DENY;
    };
    const half = mockCredentials.user.header('user:default/half');
    for (const verb of [
      'approve',
      'retry',
      'skip',
      'include',
      'stop',
      'roll-back',
    ]) {
      for (const selection of [filter, named]) {
        const reason = ['skip', 'roll-back'].includes(verb)
          ? { reason: 'x' }
          : {};
        const { status, body } = await bench.call(
          'post',
          `/campaigns/${mine.id}/targets/${verb}`,
          { ...selection, ...reason },
          half,
        );
        expect([verb, status]).toEqual([verb, 200]);
        const others = body.skipped.filter(
          ({ targetId }: any) => targetId !== ids.target(0),
        );
        expect(others).toEqual(
          selection === filter
            ? []
            : [1, 2, 3].map(index => ({
                targetId: ids.target(index),
                reason: 'Not a target of this campaign',
              })),
        );
        const states = await bench.knex('targets').orderBy('id').pluck('state');
        expect(states.slice(1)).toEqual(['proposed', 'proposed', 'proposed']);
        await restore();
      }
    }
  });
});
