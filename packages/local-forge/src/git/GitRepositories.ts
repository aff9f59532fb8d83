import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GitRepository } from './GitRepository';

/** Each open repository holds a git process, so only so many stay open. */
const openLimit = 32;

/** The bare repositories under one directory, by number. */
export class GitRepositories {
  private readonly open = new Map<number, GitRepository>();

  constructor(readonly directory: string) {}

  path(id: number): string {
    return join(this.directory, `${id}.git`);
  }

  async create(id: number, defaultBranch: string): Promise<GitRepository> {
    this.close(id);
    await GitRepository.init(this.path(id), defaultBranch);
    return this.get(id);
  }

  get(id: number): GitRepository {
    const repository = this.open.get(id) ?? new GitRepository(this.path(id));
    this.open.delete(id);
    this.open.set(id, repository);
    if (this.open.size > openLimit) {
      for (const [other, candidate] of this.open) {
        if (other !== id && candidate.objects.idle) {
          this.close(other);
          break;
        }
      }
    }
    return repository;
  }

  async delete(id: number): Promise<void> {
    this.close(id);
    await rm(this.path(id), { recursive: true, force: true });
  }

  closeAll(): void {
    [...this.open.keys()].forEach(id => this.close(id));
  }

  private close(id: number): void {
    this.open.get(id)?.close();
    this.open.delete(id);
  }
}
