import { SpecProblem } from '@skein/plugin-campaigns-common';
import { Document, isNode, LineCounter, parseDocument } from 'yaml';

/** A YAML text that knows on which line each of its values stands. */
export class LocatedDocument {
  readonly value: unknown;
  readonly problems: SpecProblem[];
  readonly #document: Document;
  readonly #lines: LineCounter;

  private constructor(document: Document, lines: LineCounter) {
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
    this.value = this.problems.length === 0 ? this.#toValue() : undefined;
  }

  static parse(text: string): LocatedDocument {
    const lines = new LineCounter();
    return new LocatedDocument(
      parseDocument(text, { lineCounter: lines, uniqueKeys: true }),
      lines,
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
      return this.#document.toJS({ maxAliasCount: 100 });
    } catch (cause) {
      this.problems.push({
        severity: 'error',
        message: (cause as Error).message,
      });
      return undefined;
    }
  }
}
