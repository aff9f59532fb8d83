// Loaded before a service's own code: ends it when the quickstart that started
// it is gone without a word (SIGKILL), so that its port is free for the next one.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
}, 500).unref();
