import { mockServices } from '@backstage/backend-test-utils';
import { GithubClients } from './GithubClients';
import { GithubForge } from './GithubForge';

const OPEN = 10_000;

/** A host that shows no pull request, and how often it was asked. */
async function countingForge() {
  const graphql = jest.fn(async (query: string, _: object): Promise<object> => {
    const names = [...query.matchAll(/^ {2}(r\d+): repository/gm)];
    return Object.fromEntries(names.map(([, name]) => [name, {}]));
  });
  const clients = {
    host: 'github.com',
    login: async () => 'skein[bot]',
    forOwner: async () => ({ graphql }),
  };
  const forge = await GithubForge.create(clients as unknown as GithubClients, {
    logger: mockServices.logger.mock(),
  });
  return { forge, graphql };
}

const empty = { pageInfo: { hasPreviousPage: false }, nodes: [] };

const requests = Array.from({ length: OPEN }, (_, index) => ({
  repository: {
    host: 'github.com',
    owner: 'acme',
    name: `repository-${index % 400}`,
  },
  number: index + 1,
}));

describe('GithubForge with 10,000 open pull requests', () => {
  it('asks for all their states, and whether anything was said, in 100 queries', async () => {
    const { forge, graphql } = await countingForge();
    await forge.getPullRequests(requests);
    expect(graphql).toHaveBeenCalledTimes(100);
    for (const [query] of graphql.mock.calls) {
      expect(query).toContain('totalCommentsCount');
      expect(query).not.toContain('body');
    }
  });

  it('leaves out a conversation that GitHub cannot answer in time, and no other', async () => {
    const { forge, graphql } = await countingForge();
    graphql.mockImplementation(async (query: string, variables: any) => {
      if (Object.values(variables).includes(7)) {
        throw Object.assign(new Error('Timeout'), { status: 504 });
      }
      return {
        ...Object.fromEntries(
          [
            ...query.matchAll(/(r\d+): repository[^]*?(p\d+): pullRequest/g),
          ].map(([, repository, name]) => [
            repository,
            { [name]: { comments: empty, reviews: empty } },
          ]),
        ),
      };
    });
    const answers = await forge.comments.getComments(requests.slice(0, 10));
    expect(answers.map(({ number }) => number)).toEqual([
      1, 2, 3, 4, 5, 6, 8, 9, 10,
    ]);
  });

  it('asks for what was said on ten of them at a time', async () => {
    const { forge, graphql } = await countingForge();
    await forge.comments.getComments(requests.slice(0, 95));
    expect(graphql).toHaveBeenCalledTimes(10);
  });
});
