import { codeownersOf, CodeownersRule } from '../codeowners/codeowners';

/**
 * The owner of a folder by a CODEOWNERS file: the first owner of the last rule
 * that covers the files in it. `@org/team` is the group `team` of the catalog,
 * and `@login` the user; an e-mail address is nobody that the catalog knows.
 *
 * @param path - of the folder; empty for the repository
 */
export function ownerFromCodeowners(
  rules: CodeownersRule[],
  path: string,
): string | undefined {
  // A file of any name that no rule for certain names or endings means.
  const file = path === '' ? '\u{1}' : `${path}/\u{1}`;
  return codeownersOf(rules, file)
    .map(toEntityRef)
    .find(ref => ref !== undefined);
}

function toEntityRef(owner: string): string | undefined {
  const match = /^@(?:([\w.-]+)\/)?([\w.-]+)$/.exec(owner);
  if (!match) return undefined;
  return `${match[1] ? 'group' : 'user'}:default/${match[2].toLowerCase()}`;
}
