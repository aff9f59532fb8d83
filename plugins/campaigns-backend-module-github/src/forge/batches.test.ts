import { mockServices } from '@backstage/backend-test-utils';
import { GithubClients } from './GithubClients';
import { GithubForge } from './GithubForge';

const OPEN = 10_000;

/** A host that shows no pull request, and how often it was asked. */
async function countingForge() {
  const graphql = jest.fn(async (query: string) => {
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

  it('asks for what was said on ten of them at a time', async () => {
    const { forge, graphql } = await countingForge();
    await forge.comments.getComments(requests.slice(0, 95));
    expect(graphql).toHaveBeenCalledTimes(10);
  });
});
