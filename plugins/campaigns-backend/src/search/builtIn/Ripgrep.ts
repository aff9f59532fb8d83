import { CodeSearchQuery } from '@skein/plugin-campaigns-common';
import { ByteSpan } from '@skein/plugin-campaigns-node';
import { spawn } from 'child_process';
import { once } from 'events';
import os from 'os';
import { createInterface } from 'readline';
import { PatternError } from './PatternError';

/** A line that matches, in the text as a whole. */
export interface RipgrepLine {
  /** 1-based. */
  number: number;
  /** Of its first byte. */
  offset: number;
  bytes: Buffer;
  spans: ByteSpan[];
}

const OUTPUT_BYTES = 64 * 1024 ** 2;
const STDERR_BYTES = 16 * 1024;

/**
 * Looks for a pattern in what is written to it. Its patterns are of finite
 * automata: each byte is looked at a bounded number of times, whatever the
 * pattern and whatever the text.
 */
export class Ripgrep {
  readonly #child;
  readonly #ended: Promise<number | null>;
  #stderr = '';
  #stopped = false;

  private constructor(program: string, query: CodeSearchQuery) {
    this.#child = spawn(
      program,
      [
        '--no-config',
        '--json',
        '--line-number',
        '--ignore-case',
        // What is binary was left out before; a mark at the start of a file is no reason to decode all.
        '--text',
        '--encoding=none',
        '--crlf',
        '--dfa-size-limit=32M',
        '--regex-size-limit=16M',
        ...(query.regex ? [] : ['--fixed-strings']),
        `--regexp=${query.query}`,
        '-',
      ],
      { cwd: os.tmpdir(), env: { LC_ALL: 'C.UTF-8' }, stdio: 'pipe' },
    );
    this.#child.stdin.on('error', () => {});
    this.#child.stderr.setEncoding('utf8').on('data', text => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_BYTES);
    });
    this.#ended = new Promise((resolve, reject) => {
      this.#child.once('error', reject).once('close', resolve);
    });
    this.#ended.catch(() => {});
  }

  static start(program: string, query: CodeSearchQuery): Ripgrep {
    return new Ripgrep(program, query);
  }

  /** @returns false where nobody reads any more */
  async write(bytes: Buffer): Promise<boolean> {
    const { stdin } = this.#child;
    if (stdin.destroyed || this.#stopped) return false;
    if (stdin.write(bytes)) return true;
    await Promise.race([
      once(stdin, 'drain').catch(() => {}),
      this.#ended.catch(() => {}),
    ]);
    return !stdin.destroyed;
  }

  /** What is written is all. */
  end(): void {
    this.#child.stdin.end();
  }

  /** Ends it at once; may be called twice. */
  stop(): void {
    this.#stopped = true;
    this.#child.kill('SIGKILL');
  }

  /**
   * The lines that match, until all was read or it was stopped.
   *
   * @throws PatternError where it cannot read the pattern
   */
  async *lines(): AsyncGenerator<RipgrepLine> {
    let size = 0;
    for await (const line of createInterface({ input: this.#child.stdout })) {
      // The last line of one that was killed may be cut.
      if (this.#stopped) break;
      size += line.length;
      if (size > OUTPUT_BYTES) {
        this.stop();
        break;
      }
      const found = parseLine(line);
      if (found) yield found;
    }
    if (this.#stopped) {
      this.#child.stdout.destroy();
      return;
    }
    const code = await this.#ended;
    if (code !== 0 && code !== 1 && !this.#stopped) {
      throw new PatternError(
        `The built-in search cannot read the pattern: ${describe(
          this.#stderr,
        )}`,
      );
    }
  }

  /** Whether it was stopped before all was read. */
  get stopped(): boolean {
    return this.#stopped;
  }
}

type Text = { text: string } | { bytes: string };

function parseLine(json: string): RipgrepLine | undefined {
  const message = JSON.parse(json) as {
    type: string;
    data: {
      lines: Text;
      line_number: number;
      absolute_offset: number;
      submatches: ByteSpan[];
    };
  };
  if (message.type !== 'match') return undefined;
  const { lines, line_number, absolute_offset, submatches } = message.data;
  return {
    number: line_number,
    offset: absolute_offset,
    bytes:
      'text' in lines
        ? Buffer.from(lines.text, 'utf8')
        : Buffer.from(lines.bytes, 'base64'),
    spans: submatches.map(({ start, end }) => ({ start, end })),
  };
}

/** The reason stands in its last line. */
function describe(stderr: string): string {
  const lines = stderr.split('\n').filter(Boolean);
  return (lines[lines.length - 1] ?? 'ripgrep failed')
    .replace(/^(rg|error): /, '')
    .slice(0, 300);
}
