import fs from 'fs';
import path from 'path';

/** Where everything lies that a run leaves: nothing else is ever written in the checkout. */
export class StateFolder {
  readonly path: string;

  constructor(folder: string) {
    this.path = path.resolve(folder);
  }

  /** Databases of the portal. */
  get databases(): string {
    return path.join(this.path, 'db');
  }

  /** Mirrors and other files of the campaigns plugin. */
  get work(): string {
    return path.join(this.path, 'work');
  }

  /** The development forge: its database and its bare repositories. */
  get forge(): string {
    return path.join(this.path, 'forge');
  }

  get logs(): string {
    return path.join(this.path, 'logs');
  }

  get forgeConfigFile(): string {
    return path.join(this.path, 'forge.json');
  }

  get secretsFile(): string {
    return path.join(this.path, 'secrets.json');
  }

  /** Present while somebody uses the folder; holds the process id. */
  get lockFile(): string {
    return path.join(this.path, 'running.pid');
  }

  log(name: string): string {
    return path.join(this.logs, `${name}.log`);
  }

  /**
   * Deletes what a run left, and nothing that somebody else put into the
   * folder.
   *
   * @returns what was deleted
   */
  clear(): string[] {
    const all = [
      this.databases,
      this.work,
      this.forge,
      this.forgeConfigFile,
      this.secretsFile,
    ];
    const present = all.filter(it => fs.existsSync(it));
    for (const it of present) fs.rmSync(it, { recursive: true, force: true });
    // The log of the installation that is just over stays.
    for (const name of ['forge', 'model', 'portal']) {
      fs.rmSync(this.log(name), { force: true });
    }
    return present;
  }
}
