/**
 * Who commits as an identity of a forge: `skein[bot]@github.com` commits as
 * `skein[bot]`. The publisher commits under it, and a forge tells other
 * people's commits by it.
 *
 * @param identity - {@link Forge.identity}: a login, `@`, and a host
 * @public
 */
export function commitAuthor(identity: string): {
  name: string;
  email: string;
} {
  const at = identity.lastIndexOf('@');
  const login = at < 0 ? identity : identity.slice(0, at);
  const host = at < 0 ? 'localhost' : identity.slice(at + 1);
  return {
    name: login,
    email: `${login}@users.noreply.${host.replace(/:\d+$/, '')}`,
  };
}
