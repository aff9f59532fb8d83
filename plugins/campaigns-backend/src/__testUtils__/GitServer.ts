import { execFileSync, spawn } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'fs';
import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import { AddressInfo } from 'net';
import os from 'os';
import path from 'path';

/** Git with an identity and nothing of this machine's configuration, for tests. */
export function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: 'Someone',
      GIT_AUTHOR_EMAIL: 'someone@example.com',
      GIT_COMMITTER_NAME: 'Someone',
      GIT_COMMITTER_EMAIL: 'someone@example.com',
    },
  }).trim();
}

/** Real bare repositories behind git's own HTTP server program, for tests. */
export class GitServer {
  /** Requests that began, as `METHOD path`. */
  readonly requests: string[] = [];
  readonly root: string;
  readonly password = 'secret-of-the-test';
  readonly #server: Server;

  private constructor(root: string) {
    this.root = root;
    this.#server = createServer((request, response) =>
      this.#serve(request, response),
    );
  }

  static async start(): Promise<GitServer> {
    const server = new GitServer(
      mkdtempSync(path.join(os.tmpdir(), 'skein-git-')),
    );
    await new Promise<void>(resolve =>
      server.#server.listen(0, '127.0.0.1', resolve),
    );
    return server;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
    rmSync(this.root, { recursive: true, force: true });
  }

  /** `127.0.0.1:port`. */
  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  gitDir(name: string): string {
    return path.join(this.root, `${name}.git`);
  }

  /** Makes a repository whose branch `main` holds these files; a file without content is deleted. */
  commit(
    name: string,
    files: Record<string, string | Buffer | undefined>,
    options: { branch?: string; from?: string; author?: string } = {},
  ): string {
    const gitDir = this.gitDir(name);
    const branch = options.branch ?? 'main';
    mkdirSync(path.dirname(gitDir), { recursive: true });
    git(
      this.root,
      'init',
      '--quiet',
      '--bare',
      '--initial-branch=main',
      gitDir,
    );
    git(gitDir, 'config', 'http.receivepack', 'true');
    const index = path.join(gitDir, `index-${Math.random()}`);
    const run = (args: string[], input?: string | Buffer) =>
      execFileSync('git', args, {
        cwd: gitDir,
        input,
        env: {
          PATH: process.env.PATH,
          GIT_INDEX_FILE: index,
          GIT_CONFIG_NOSYSTEM: '1',
          GIT_CONFIG_GLOBAL: '/dev/null',
          GIT_AUTHOR_NAME: options.author ?? 'Someone',
          GIT_AUTHOR_EMAIL: 'someone@example.com',
          GIT_COMMITTER_NAME: options.author ?? 'Someone',
          GIT_COMMITTER_EMAIL: 'someone@example.com',
        },
        stdio: ['pipe', 'pipe', 'ignore'],
      })
        .toString()
        .trim();
    let parent: string | undefined;
    try {
      parent = run([
        'rev-parse',
        '--verify',
        `${options.from ?? branch}^{commit}`,
      ]);
      run(['read-tree', parent]);
    } catch {
      parent = undefined;
    }
    for (const [file, content] of Object.entries(files)) {
      if (content === undefined) {
        run(['update-index', '--force-remove', '--', file]);
        continue;
      }
      const blob = run(['hash-object', '-w', '--stdin'], content);
      run(['update-index', '--add', '--cacheinfo', `100644,${blob},${file}`]);
    }
    const commit = run([
      'commit-tree',
      run(['write-tree']),
      ...(parent ? ['-p', parent] : []),
      '-m',
      `Change ${Object.keys(files).join(', ')}`,
    ]);
    run(['update-ref', `refs/heads/${branch}`, commit]);
    rmSync(index, { force: true });
    return commit;
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://localhost');
    this.requests.push(`${request.method} ${url.pathname}`);
    const expected = `Basic ${Buffer.from(`git:${this.password}`).toString(
      'base64',
    )}`;
    if (request.headers.authorization !== expected) {
      response.writeHead(401, { 'www-authenticate': 'Basic' }).end();
      return;
    }
    const backend = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: this.root,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: url.pathname,
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method,
        REMOTE_USER: 'git',
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    request.pipe(backend.stdin);
    backend.stdin.on('error', () => {});
    let head: Buffer | undefined = Buffer.alloc(0);
    backend.stdout.on('data', (chunk: Buffer) => {
      if (!head) {
        response.write(chunk);
        return;
      }
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      let status = 200;
      for (const line of head.toString('utf8', 0, end).split('\r\n')) {
        const [name, value] = line.split(/:\s*/, 2);
        if (name.toLowerCase() === 'status') status = parseInt(value, 10);
        else response.setHeader(name, value);
      }
      response.writeHead(status);
      response.write(head.subarray(end + 4));
      head = undefined;
    });
    backend.stdout.on('end', () => response.end());
  }
}
