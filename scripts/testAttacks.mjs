// What `yarn test:attacks` runs: the attacks of docs/security.md, as root and as an ordinary user.
const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  process.stderr.write(
    `Skein needs Node 20 or newer; this is ${process.version}.\n`,
  );
  process.exit(1);
}

const { runMain } = await import('./lib/terminal.mjs');
const { testAttacks } = await import('./lib/attacks/testAttacks.mjs');
await runMain(() => testAttacks(process.argv.slice(2)));
