import { evidenceOf, Finding, ReviewedFile } from '../Gate';

const checks =
  /^(?:pre|post)?(?:test|tests|check|checks|lint|typecheck|tsc|verify|validate|build|ci)(?::.*)?$/i;

/** Shell scripts that check a repository, by their names. */
const script =
  /(?:^|\/)(?:run[-_])?(?:tests?|checks?|verify|lint)[^/]*\.(?:sh|bash)$/i;
const passing =
  /^\s*(?:true|:|exit\s+0)\s*(?:;\s*)?$|\|\|\s*(?:true\b|:|exit\s+0)|^\s*set\s+\+e\b/;

/** Commands that a repository is checked with: a change that alters them chooses its own judge. */
export function changedCommands(file: ReviewedFile): Finding[] {
  if (script.test(file.path)) return weakenedScript(file);
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

/** A script that may name datasets changes, but neither gets shorter nor learns to pass. */
function weakenedScript(file: ReviewedFile): Finding[] {
  const commands = (text = '') =>
    text.split('\n').filter(line => !/^\s*(?:#|$)/.test(line)).length;
  const before = commands(file.before);
  const after = commands(file.after);
  const known = file.removed.filter(({ text }) => passing.test(text)).length;
  const findings: Finding[] = file.added
    .filter(({ text }) => passing.test(text))
    .slice(known)
    .map(({ line, text }) => ({
      file: file.path,
      line,
      message: 'The change lets a check pass whatever it finds',
      evidence: evidenceOf(text),
    }));
  if (file.before !== undefined && after < before) {
    findings.push({
      file: file.path,
      message: `The script had ${before} commands and has ${after} after the change`,
    });
  }
  return findings;
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
