import { AuthorizeResult } from '@backstage/plugin-permission-common';
import request from 'supertest';
import { alice, bob, RouterBench } from './__testUtils__/RouterBench';

describe('the API of code search', () => {
  let backend: RouterBench;

  afterEach(async () => {
    await backend.stop();
  });

  it('searches code for those who may, in every form that a query has, and audits it', async () => {
    let decision: AuthorizeResult = AuthorizeResult.ALLOW;
    backend = await RouterBench.start(() => decision);
    const search = (body: object, as = alice) =>
      backend.call('post', '/search', body, as);
    const query = {
      query: 'users_v1',
      regex: true,
      languages: ['sql'],
      extensions: ['j2'],
      path: 'models',
      repository: ['acme/*', 'forge.example/acme/web'],
    };
    const body = { query, providers: ['built-in'] };
    const { body: report } = await search(body);
    expect(report.repositories[0].results[0].matches[0]).toMatchObject({
      line: 7,
      text: 'users_v1',
    });
    expect(backend.search).toHaveBeenLastCalledWith(body, expect.anything());
    expect(backend.auditor.createEvent).toHaveBeenLastCalledWith(
      expect.objectContaining({ eventId: 'code-search', meta: body }),
    );
    for (const wrong of [
      {},
      { query: 'users_v1' },
      { query: { query: 'u' } },
      { query: { query: 'users', languages: ['cobol'] } },
      { query: { query: 'users', path: '../other' } },
      { query: { query: 'users', repository: 'nobody' } },
      { query: { query: 'two\nlines' } },
    ]) {
      expect((await search(wrong)).status).toBe(400);
    }
    decision = AuthorizeResult.DENY;
    backend.search.mockClear();
    expect((await search(body, bob)).status).toBe(403);
    expect(backend.search).not.toHaveBeenCalled();
  });

  it('ends a search when the person leaves', async () => {
    backend = await RouterBench.start();
    const searching = new Promise<AbortSignal>(resolve => {
      backend.search.mockImplementationOnce((_wanted, signal) => {
        resolve(signal);
        return new Promise<never>((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        });
      });
    });
    const pending = request(backend.server)
      .post('/api/campaigns/search')
      .set('Authorization', alice)
      .send({ query: { query: 'users_v1' } });
    // Begins it; that it is never answered is what the person wanted.
    pending.catch(() => {});
    const signal = await searching;
    expect(signal.aborted).toBe(false);
    pending.abort();
    while (!signal.aborted) {
      await new Promise(resolve => setImmediate(resolve));
    }
    expect(signal.aborted).toBe(true);
  });
});
