import { spawnSync } from 'child_process';

const hasSandbox =
  spawnSync('bwrap', ['--unshare-all', '--ro-bind', '/', '/', 'true'])
    .status === 0;

/** For tests: how jobs can be confined on this machine; without bubblewrap only the plain child process is tested. */
export const sandboxModes: Array<'required' | 'off'> = hasSandbox
  ? ['required', 'off']
  : ['off'];
