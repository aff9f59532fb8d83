import fc from 'fast-check';
import { translateGithubEvent } from './translateGithubEvent';

const about = {
  name: 'warehouse',
  owner: { login: 'acme' },
  html_url: 'http://localhost:7071/acme/warehouse',
  default_branch: 'main',
};
const repository = {
  host: 'localhost:7071',
  owner: 'acme',
  name: 'warehouse',
};

describe('translateGithubEvent', () => {
  it.each([
    ['pull_request', { number: 3, pull_request: { number: 3 } }, [3]],
    ['pull_request_review', { pull_request: { number: 4 } }, [4]],
    [
      'check_suite',
      { check_suite: { pull_requests: [{ number: 1 }, { number: 2 }] } },
      [1, 2],
    ],
    ['check_run', { check_run: { pull_requests: [] } }, [undefined]],
    ['status', { sha: 'abc' }, [undefined]],
    ['pull_request', { number: 'DROP TABLE' }, []],
    ['issue_comment', { issue: { number: 1 } }, []],
    ['issue_comment', { issue: { number: 5, pull_request: {} } }, [5]],
    ['pull_request_review_comment', { pull_request: { number: 6 } }, [6]],
  ])('%s asks for a look', (event, payload, numbers) => {
    expect(
      translateGithubEvent(event, { ...payload, repository: about }).map(
        each => [each.type, each.repository, each.number],
      ),
    ).toEqual(numbers.map(each => ['pullRequestChanged', repository, each]));
  });

  it('tells where somebody said something', () => {
    const saidOf = (event: string, payload: object) =>
      translateGithubEvent(event, { ...payload, repository: about })[0].said;
    const pullRequest = { pull_request: { number: 4 } };
    expect(saidOf('pull_request', pullRequest)).toBe(undefined);
    expect(saidOf('pull_request_review', pullRequest)).toBe(true);
    expect(saidOf('pull_request_review_comment', pullRequest)).toBe(true);
    expect(
      saidOf('issue_comment', { issue: { number: 5, pull_request: {} } }),
    ).toBe(true);
  });

  it('tells of pushes to the default branch alone', () => {
    const push = (ref: string) =>
      translateGithubEvent('push', { ref, repository: about });
    expect(push('refs/heads/main')).toEqual([
      { type: 'pushed', repository, branch: 'main' },
    ]);
    expect(push('refs/heads/other')).toEqual([]);
    expect(push('refs/tags/main')).toEqual([]);
  });

  it('reads any payload without failing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          'pull_request',
          'check_run',
          'push',
          'status',
          'issue_comment',
        ),
        fc.anything({ withNullPrototype: true }),
        fc.anything(),
        (event, payload, part) => {
          expect(translateGithubEvent(event, payload)).toBeInstanceOf(Array);
          const read = translateGithubEvent(event, {
            repository: about,
            check_run: part,
            pull_request: part,
            issue: part,
            number: part,
          });
          for (const each of read) expect(each.repository).toEqual(repository);
        },
      ),
    );
  });
});
