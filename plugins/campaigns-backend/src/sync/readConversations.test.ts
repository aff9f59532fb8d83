import { Forge, PullRequestComments } from '@skein/plugin-campaigns-node';
import { PullRequestRow } from '../database/operations/pullRequests/tables';
import { MOST_CONVERSATIONS, readConversations } from './readConversations';

const OPEN = 10_000;

const row = (number: number, conversation: string | null) =>
  ({
    target_id: `target-${number}`,
    repo_host: 'github.com',
    repo_owner: 'Acme',
    repo_name: 'warehouse',
    number,
    conversation,
  } as PullRequestRow);

/** A forge on which somebody said something on each pull request. */
function talkative() {
  const getComments = jest.fn(
    async (
      requests: Array<Pick<PullRequestComments, 'repository' | 'number'>>,
    ): Promise<PullRequestComments[]> =>
      requests
        .filter(({ number }) => number !== 13)
        .map(({ repository, number }) => ({
          repository: { ...repository, owner: 'acme' },
          number,
          comments: [],
        })),
  );
  return {
    forge: { comments: { getComments } } as unknown as Forge,
    getComments,
  };
}

describe('readConversations', () => {
  const ignore = () => {};

  it('asks for nothing where nothing is new on 10,000 pull requests', async () => {
    const { forge, getComments } = talkative();
    const seen = Array.from({ length: OPEN }, (_, index) => {
      const state = index % 2 === 0 ? undefined : `${index}`;
      return { row: row(index, state ?? ''), conversation: state };
    });
    expect((await readConversations(forge, seen, ignore)).size).toBe(0);
    expect(getComments).not.toHaveBeenCalled();
  });

  it('asks once for those where something is, and for none where all is gone', async () => {
    const { forge, getComments } = talkative();
    const read = await readConversations(
      forge,
      [
        { row: row(1, 'a'), conversation: 'a' },
        { row: row(2, 'a'), conversation: 'b' },
        { row: row(3, null), conversation: 'b' },
        { row: row(4, 'a') },
        { row: row(5, null) },
        { row: row(13, 'a'), conversation: 'b' },
      ],
      ignore,
    );
    expect(getComments).toHaveBeenCalledTimes(1);
    expect(getComments.mock.calls[0][0].map(each => each.number)).toEqual([
      2, 3, 13,
    ]);
    expect(
      [...read].map(([id, { state, said }]) => [id, state, said?.comments]),
    ).toEqual([
      ['target-2', 'b', []],
      ['target-3', 'b', []],
      ['target-4', '', []],
      ['target-5', '', []],
      // The forge did not give it: it is to be read later.
      ['target-13', 'b', undefined],
    ]);
  });

  it('reads so many at one look, and has the others wait', async () => {
    const { forge, getComments } = talkative();
    const seen = Array.from({ length: 100 }, (_, index) => ({
      row: row(index + 100, null),
      conversation: 'a',
    }));
    const read = [...(await readConversations(forge, seen, ignore)).values()];
    expect(getComments).toHaveBeenCalledTimes(1);
    expect(read.filter(({ said }) => said)).toHaveLength(MOST_CONVERSATIONS);
    expect(read.filter(({ said, waits }) => !said && waits)).toHaveLength(
      100 - MOST_CONVERSATIONS,
    );
  });

  it('leaves all to be read later where the forge fails, and asks none that cannot tell', async () => {
    const seen = [{ row: row(1, null), conversation: 'a' }];
    const onProblem = jest.fn();
    const error = new Error('Down');
    const failing = {
      comments: { getComments: jest.fn().mockRejectedValue(error) },
    };
    const read = await readConversations(
      failing as unknown as Forge,
      seen,
      onProblem,
    );
    expect(read.get('target-1')).toMatchObject({
      state: 'a',
      said: undefined,
      waits: false,
    });
    expect(onProblem).toHaveBeenCalledWith(1, error);
    expect((await readConversations({} as Forge, seen, ignore)).size).toBe(0);
  });
});
