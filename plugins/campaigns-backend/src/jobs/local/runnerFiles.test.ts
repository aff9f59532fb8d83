import { execFileSync } from 'child_process';
import { chmod, link, mkdir, rm, stat, symlink, writeFile } from 'fs/promises';
import { existsSync } from 'fs';
import { dirname, join } from 'path';
import { makeFolder } from './folders';
import { stageRunnerFiles } from './runnerFiles';

const other = { uid: 65533, gid: 65533 };

describe('stageRunnerFiles', () => {
  let folder: string;

  beforeEach(async () => {
    // What lies above it is open, whoever runs the tests, and whatever TMPDIR says.
    folder = await makeFolder('skein-files-', other);
    await mkdir(join(folder, 'runner'));
    await mkdir(join(folder, 'package'));
    await writeFile(join(folder, 'node'), '', { mode: 0o755 });
    await writeFile(join(folder, 'runner', 'a.cjs'), 'a');
    await symlink('a.cjs', join(folder, 'runner', 'b.cjs'));
    await writeFile(join(folder, 'package', 'secret.js'), 'b', { mode: 0o600 });
  });
  afterEach(() => rm(folder, { recursive: true }));

  const files = () => ({
    node: join(folder, 'node'),
    runnerFolder: join(folder, 'runner'),
    runnerPackages: [
      { name: '@some/package', folder: join(folder, 'package') },
    ],
  });

  it('leaves files where they are for the own user, and where another one can read them', async () => {
    const own = await stageRunnerFiles(files(), undefined);
    expect(own.files).toEqual(files());
    await chmod(folder, 0o755);
    await chmod(join(folder, 'package', 'secret.js'), 0o644);
    const staged = await stageRunnerFiles(files(), other);
    expect(staged.files).toEqual(files());
  });

  it('puts what another user cannot reach where it can, with nothing that it could change, and removes it', async () => {
    // Also reachable from elsewhere, and open for writing: no link to be given away.
    await chmod(join(folder, 'runner', 'a.cjs'), 0o666);
    await link(
      join(folder, 'runner', 'a.cjs'),
      join(folder, 'runner', 'c.cjs'),
    );
    const { files: staged, remove } = await stageRunnerFiles(files(), other);
    const names = [
      staged.node,
      join(staged.runnerFolder, 'a.cjs'),
      join(staged.runnerFolder, 'b.cjs'),
      join(staged.runnerFolder, 'c.cjs'),
      join(staged.runnerPackages[0].folder, 'secret.js'),
    ];
    expect(dirname(staged.runnerPackages[0].folder)).toBe(
      join(dirname(staged.runnerFolder), 'node_modules', '@some'),
    );
    for (const name of names) {
      expect((await stat(name)).mode & 0o022).toBe(0);
      if (process.getuid!() === 0) {
        execFileSync('/bin/cat', [name], { ...other, cwd: '/' });
      }
    }
    expect((await stat(staged.node)).mode & 0o111).toBe(0o111);
    await remove();
    expect(existsSync(dirname(staged.runnerFolder))).toBe(false);
    expect(existsSync(folder)).toBe(true);
  });
});
