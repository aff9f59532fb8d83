/**
 * Commands that may be run: each rule has the exact words, program first. In a
 * rule `*` stands for a part of a word: letters, digits and `_ . / @ : = , + -`,
 * no start of an option, no `..`, and no absolute path.
 */
export class CommandAllowlist {
  readonly #rules: string[][];

  constructor(rules: string[][]) {
    this.#rules = rules;
  }

  get isEmpty(): boolean {
    return this.#rules.length === 0;
  }

  /** The rules in one line. */
  describe(): string {
    return this.#rules.map(words => JSON.stringify(words)).join(', ');
  }

  /** @returns why a command is not allowed; undefined where it is */
  problemOf(command: string[]): string | undefined {
    const allowed = this.#rules.some(
      rule =>
        rule.length === command.length &&
        rule.every((word, at) => matches(word, command[at])),
    );
    return allowed
      ? undefined
      : `This command is not allowed; allowed are: ${this.describe()}`;
  }
}

function matches(rule: string, word: string): boolean {
  if (!rule.includes('*')) return rule === word;
  const pattern = rule
    .split('*')
    .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[A-Za-z0-9_./@:=,+-]*');
  if (!new RegExp(`^${pattern}$`).test(word)) return false;
  const startsOption = rule.startsWith('*') && /^[-/]/.test(word);
  const climbs = /(?:^|[/=:,])\.\.(?:\/|$)/.test(word);
  return !startsOption && !climbs && !/[=:,]\//.test(word);
}
