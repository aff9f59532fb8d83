import { NotFoundError, ResponseError } from '@backstage/errors';
import { errorMessage, isNotFound } from './errorMessage';

/** As the client throws it; the response's class is not in the test environment. */
function answered(status: number, statusText: string, body: string) {
  return ResponseError.fromResponse({
    ok: false,
    status,
    statusText,
    headers: new Headers({ 'content-type': 'application/json' }),
    text: async () => body,
  } as any);
}

describe('errorMessage', () => {
  it('gives the words of the backend, not of the status', async () => {
    const error = await answered(
      409,
      'Conflict',
      JSON.stringify({
        error: {
          name: 'ConflictError',
          message: 'The scope has changed: 8 targets now',
        },
        request: { method: 'POST', url: '/campaigns/x/launch' },
        response: { statusCode: 409 },
      }),
    );

    expect(errorMessage(error)).toBe('The scope has changed: 8 targets now');
    expect(isNotFound(error)).toBe(false);
  });

  it('names the status where a proxy answered instead', async () => {
    const error = await answered(502, 'Bad Gateway', '<html>');

    expect(errorMessage(error)).toContain('502');
  });

  it('says that no answer came', () => {
    expect(errorMessage(new TypeError('Failed to fetch'))).toContain(
      'could not be reached',
    );
  });

  it('knows what is not there', () => {
    expect(isNotFound(new NotFoundError('none'))).toBe(true);
  });
});
