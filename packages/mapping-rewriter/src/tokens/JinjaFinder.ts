/** Openings that are never closed cost a scan each; a hostile text must not buy many of them. */
const MAX_FAILURES = 8;

/** Finds where Jinja expressions, tags and comments of one text end. */
export class JinjaFinder {
  private failures = 0;

  constructor(private readonly text: string) {}

  /**
   * The offset behind the Jinja expression, tag or comment that opens at `at`;
   * undefined where it is not closed. Strings inside may hold the closing mark.
   */
  endOf(at: number): number | undefined {
    if (this.failures >= MAX_FAILURES) {
      return undefined;
    }
    const end =
      this.text[at + 1] === '#' ? this.commentEnd(at) : this.codeEnd(at);
    if (end === undefined) {
      this.failures += 1;
    }
    return end;
  }

  private commentEnd(at: number): number | undefined {
    const end = this.text.indexOf('#}', at + 2);
    return end < 0 ? undefined : end + 2;
  }

  private codeEnd(at: number): number | undefined {
    const { text } = this;
    const close = text[at + 1] === '{' ? '}' : '%';
    let braces = 0;
    for (let i = at + 2; i < text.length; i++) {
      const c = text[i];
      if (c === "'" || c === '"') {
        let end = i + 1;
        while (end < text.length && text[end] !== c) {
          end += text[end] === '\\' ? 2 : 1;
        }
        if (end >= text.length) {
          return undefined;
        }
        i = end;
      } else if (c === close && text[i + 1] === '}' && braces <= 0) {
        return i + 2;
      } else if (c === '{') {
        braces += 1;
      } else if (c === '}') {
        braces -= 1;
      }
    }
    return undefined;
  }
}
