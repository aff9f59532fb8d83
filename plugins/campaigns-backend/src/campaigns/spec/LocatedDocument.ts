import { composeYamlDocument, YamlLimitError } from '@skein/mapping-rewriter';
import { SpecProblem } from '@skein/plugin-campaigns-common';
import { Document, isNode, LineCounter } from 'yaml';

/** A YAML text that knows on which line each of its values stands. */
export class LocatedDocument {
  readonly value: unknown;
  readonly problems: SpecProblem[];
  readonly #document: Document;
  readonly #lines: LineCounter;

  private constructor(document: Document, lines: LineCounter, given?: unknown) {
    this.#document = document;
    this.#lines = lines;
    this.problems = document.errors.map(problem => {
      const { line, col } = lines.linePos(problem.pos[0]);
      return {
        severity: 'error',
        // The first line says what is wrong; the rest draws the place.
        message: problem.message.split('\n')[0],
        line,
        column: col,
      };
    });
    this.value =
      given ?? (this.problems.length === 0 ? this.#toValue() : undefined);
  }

  static parse(text: string): LocatedDocument {
    const lines = new LineCounter();
    try {
      return new LocatedDocument(
        composeYamlDocument(text, { lineCounter: lines }),
        lines,
      );
    } catch (cause) {
      if (!(cause instanceof YamlLimitError)) throw cause;
      const unread = new LocatedDocument(new Document(null), lines);
      unread.problems.push({
        severity: 'error',
        message: cause.message,
        ...(cause.line !== undefined && { line: cause.line }),
      });
      return unread;
    }
  }

  /** A value that nobody wrote as text: nothing in it has a line. */
  static of(value: unknown): LocatedDocument {
    return new LocatedDocument(
      new Document(null),
      new LineCounter(),
      JSON.parse(JSON.stringify(value)),
    );
  }

  /**
   * The place of a value, or of the nearest one around it where it is absent.
   *
   * @param pointer - JSON pointer
   */
  locate(pointer: string): { line?: number; column?: number } {
    const path = pointer
      .split('/')
      .slice(1)
      .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'));
    for (let length = path.length; length >= 0; length -= 1) {
      const node = this.#document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) {
        const { line, col } = this.#lines.linePos(node.range[0]);
        return { line, column: col };
      }
    }
    return {};
  }

  #toValue(): unknown {
    try {
      return this.#document.toJS({ maxAliasCount: -1 });
    } catch (cause) {
      this.problems.push({
        severity: 'error',
        message: (cause as Error).message,
      });
      return undefined;
    }
  }
}
