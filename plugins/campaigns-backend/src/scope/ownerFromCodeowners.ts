import ignore from 'ignore';

/** Places where forges look for the file, the first of them counts. */
export const codeownersPaths = [
  '.github/CODEOWNERS',
  'CODEOWNERS',
  'docs/CODEOWNERS',
];

/** A forge ignores larger files, and hostile ones must not cost us. */
const MAX_RULES = 5000;

/**
 * The owner of a folder by a CODEOWNERS file: the first owner of the last rule
 * that covers the files in it. `@org/team` is the group `team` of the catalog,
 * and `@login` the user; an e-mail address is nobody that the catalog knows.
 *
 * @param path - of the folder; empty for the repository
 */
export function ownerFromCodeowners(
  codeowners: string,
  path: string,
): string | undefined {
  const rules = codeowners.split(/\r?\n/).slice(0, MAX_RULES).reverse();
  // A file of any name that no rule for certain names or endings means.
  const file = path === '' ? '\u{1}' : `${path}/\u{1}`;
  for (const rule of rules) {
    const [pattern, ...owners] = withoutComment(rule).split(/\s+/);
    if (!pattern || pattern.startsWith('!') || isCostly(pattern)) continue;
    if (!ignore().add(pattern).ignores(file)) continue;
    return owners.map(toEntityRef).find(ref => ref !== undefined);
  }
  return undefined;
}

/** Each wildcard multiplies the time of a match: nobody's real rule has so many. */
function isCostly(pattern: string): boolean {
  return pattern.length > 500 || pattern.split(/[*?]+/).length > 5;
}

function withoutComment(rule: string): string {
  return rule.replace(/(^|\s)#.*$/, '').trim();
}

function toEntityRef(owner: string): string | undefined {
  const match = /^@(?:([\w.-]+)\/)?([\w.-]+)$/.exec(owner);
  if (!match) return undefined;
  return `${match[1] ? 'group' : 'user'}:default/${match[2].toLowerCase()}`;
}
