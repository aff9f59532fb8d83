import { once } from 'events';
import { createServer, IncomingMessage, Server } from 'http';
import { AddressInfo } from 'net';
import { fetchWithinOrigin } from './fetchWithinOrigin';

describe('fetchWithinOrigin', () => {
  const servers: Server[] = [];
  const seen: IncomingMessage[] = [];

  async function serve(location: (path: string) => string | undefined) {
    const server = createServer((request, response) => {
      seen.push(request);
      const to = location(request.url!);
      if (to === undefined) response.end('here');
      else response.writeHead(302, { location: to }).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    servers.push(server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  afterEach(() => {
    seen.length = 0;
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  const headers = { 'private-token': 'of-the-configuration' };

  it('follows a redirect on the same host, with what it was given', async () => {
    const url = await serve(path => (path === '/a' ? '/b' : undefined));
    const response = await fetchWithinOrigin(`${url}/a`, { headers });
    expect(await response.text()).toBe('here');
    expect(seen.map(each => [each.url, each.headers['private-token']])).toEqual(
      [
        ['/a', headers['private-token']],
        ['/b', headers['private-token']],
      ],
    );
  });

  it('asks no other host, whatever its name or number, and takes no header there', async () => {
    const other = await serve(() => undefined);
    const { port } = new URL(other);
    for (const host of [
      '127.0.0.1',
      '2130706433',
      '0177.0.0.1',
      '0x7f.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
      'localhost',
      '169.254.169.254',
      '127.0.0.1.nip.example',
    ]) {
      const url = await serve(() => `http://${host}:${port}/latest`);
      await expect(fetchWithinOrigin(`${url}/a`, { headers })).rejects.toThrow(
        'which is not followed',
      );
    }
    for (const address of ['file:///etc/passwd', 'https://127.0.0.1/a']) {
      const url = await serve(() => address);
      await expect(fetchWithinOrigin(`${url}/a`)).rejects.toThrow(
        'which is not followed',
      );
    }
    expect(seen.every(({ url }) => url === '/a')).toBe(true);
  });

  it('gives up on a redirect that never ends', async () => {
    const url = await serve(path => `${path}a`);
    await expect(fetchWithinOrigin(`${url}/a`)).rejects.toThrow(
      'more than 5 times',
    );
    expect(seen).toHaveLength(6);
  });
});
