// What `npm test` runs: all set-up, every check and every test.
const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  process.stderr.write(
    `Skein needs Node 20 or newer; this is ${process.version}.\n`,
  );
  process.exit(1);
}

const { runMain } = await import('./lib/terminal.mjs');
const { test } = await import('./lib/test.mjs');
await runMain(test);
