// What `npm start` runs. No dependencies: it brings them.
const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  process.stderr.write(
    `Skein needs Node 20 or newer to start; this is ${process.version}.\n`,
  );
  process.exit(1);
}

const { runMain } = await import('./lib/terminal.mjs');
const { start } = await import('./lib/start.mjs');
await runMain(() => start(process.argv.slice(2)));
