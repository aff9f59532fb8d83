/** Names of files that hold secrets, wherever they lie. */
const SECRET_NAMES = [
  /^\.env(?:\..+|rc)?$/,
  /\.(?:pem|key|p12|pfx|jks|keystore|ppk|kdbx|asc|gpg)$/,
  /^id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$/,
  /^\.?(?:netrc|pgpass|my\.cnf|git-credentials|htpasswd|dockercfg)$/,
  /^(?:credentials|secrets?)(?:\.(?:json|ya?ml|toml|ini|properties))?$/,
  /service[-_]?account.*\.json$/,
  /\.tfstate(?:\.backup)?$/,
];

/** Such names of what only shows the form. */
const EXAMPLE = /\.(?:example|sample|template|dist|schema|pub)$/;

/**
 * Whether a file is one that holds secrets, by its name: what agents need not
 * read to change code.
 */
export function isSecretPath(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return (
    !EXAMPLE.test(name) && SECRET_NAMES.some(pattern => pattern.test(name))
  );
}
