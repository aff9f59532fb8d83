import { Finding, ReviewedFile } from '../Gate';

const checks =
  /^(?:pre|post)?(?:test|tests|check|checks|lint|typecheck|tsc|verify|validate|build|ci)(?::.*)?$/i;

/** Commands that a repository is checked with: a change that alters them chooses its own judge. */
export function changedCommands(file: ReviewedFile): Finding[] {
  const read = readerOf(file.path);
  if (!read || file.before === undefined) return [];
  const before = read(file.before);
  const after = read(file.after ?? '');
  return [...before]
    .filter(([name, command]) => after.get(name) !== command)
    .map(([name, command]) => ({
      file: file.path,
      message: `The change alters the command '${name}', which checks the repository`,
      evidence: command.split('\n')[0].slice(0, 200),
    }));
}

function readerOf(
  path: string,
): ((text: string) => Map<string, string>) | undefined {
  if (/(?:^|\/)package\.json$/.test(path)) return scripts;
  if (/(?:^|\/)(?:GNU)?makefile$|\.mk$/i.test(path)) return recipes;
  return undefined;
}

function scripts(text: string): Map<string, string> {
  try {
    const entries = Object.entries(JSON.parse(text).scripts ?? {});
    return new Map(
      entries.filter(
        (entry): entry is [string, string] =>
          checks.test(entry[0]) && typeof entry[1] === 'string',
      ),
    );
  } catch {
    return new Map();
  }
}

/** Recipes of a Makefile by target, with their prerequisites. */
function recipes(text: string): Map<string, string> {
  const found = new Map<string, string>();
  let present: string | undefined;
  for (const line of text.split('\n')) {
    const rule = /^([\w.-]+)\s*:(?!=)(.*)$/.exec(line);
    if (rule) {
      present = checks.test(rule[1]) ? rule[1] : undefined;
      if (present) found.set(present, rule[2].trim());
    } else if (present && /^\t/.test(line)) {
      found.set(present, `${found.get(present)}\n${line.trim()}`);
    } else if (line.trim() !== '') {
      present = undefined;
    }
  }
  return found;
}
