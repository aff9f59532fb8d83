import { mapForgeError } from './mapForgeError';

const now = 1_000_000_000;

function answer(
  status: number,
  headers: Record<string, string> = {},
  message = 'No',
) {
  return { status, message, response: { headers, data: {} } };
}

describe('mapForgeError', () => {
  it.each([
    ['retry-after', answer(403, { 'retry-after': '17' }), 17],
    ['429 with nothing else', answer(429), 60],
    [
      'the primary limit',
      answer(403, {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(now / 1000 + 30),
      }),
      31,
    ],
    [
      'a secondary limit without a time',
      answer(403, {}, 'You have exceeded a secondary rate limit'),
      60,
    ],
    [
      'a reset that has passed',
      answer(429, {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(now / 1000 - 30),
      }),
      1,
    ],
    [
      'a limit of GraphQL, which has no status',
      {
        message: 'API rate limit exceeded',
        errors: [{ type: 'RATE_LIMITED' }],
        headers: {
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': `${now / 1000 + 9}`,
        },
      },
      10,
    ],
  ])('waits as asked for %s', (_, error, seconds) => {
    expect(mapForgeError(error, 'x', now)).toMatchObject({
      name: 'ForgeRateLimitError',
      retryAfterSeconds: seconds,
    });
  });

  it.each([
    [401, 'AuthenticationError'],
    [403, 'NotAllowedError'],
    [404, 'NotFoundError'],
    [409, 'ConflictError'],
    [422, 'InputError'],
    [500, 'ServiceUnavailableError'],
    [503, 'ServiceUnavailableError'],
  ])('%s is %s', (status, name) => {
    expect(mapForgeError(answer(status), 'x', now).name).toBe(name);
  });

  it('says what was tried and what GitHub said', () => {
    const error = {
      status: 422,
      message: 'Validation Failed',
      response: {
        headers: {},
        data: { errors: [{ message: 'A pull request already exists' }] },
      },
    };
    expect(mapForgeError(error, 'Could not open', now).message).toContain(
      'Could not open: Validation Failed; A pull request already exists',
    );
  });
});
