import { CommitCheck, ForgeChecks } from '@skein/plugin-campaigns-node';
import { RepositoryRef } from '@skein/plugin-campaigns-common';
import { Octokit } from 'octokit';

/** Most of a log that is read; a failure is told at its end. */
const LOG_CHARACTERS = 4 * 1024 ** 2;
const MOST_CHECKS = 500;

/** Asks GitHub on behalf of a repository. */
export type AskGithub = <T>(
  repository: RepositoryRef,
  what: string,
  request: (octokit: Octokit) => Promise<T>,
) => Promise<T>;

type CheckRun = Awaited<
  ReturnType<Octokit['rest']['checks']['listForRef']>
>['data']['check_runs'][number];
type Status = Awaited<
  ReturnType<Octokit['rest']['repos']['getCombinedStatusForRef']>
>['data']['statuses'][number];

/** Check runs and commit statuses of GitHub as one list. */
export class GithubChecks implements ForgeChecks {
  readonly #ask: AskGithub;

  constructor(ask: AskGithub) {
    this.#ask = ask;
  }

  async getChecks(
    repository: RepositoryRef,
    commit: string,
  ): Promise<CommitCheck[]> {
    const at = { owner: repository.owner, repo: repository.name, ref: commit };
    return this.#ask(
      repository,
      `read the checks of ${commit} in`,
      async octokit => {
        const runs: CheckRun[] = [];
        const pages = octokit.paginate.iterator(
          octokit.rest.checks.listForRef,
          {
            ...at,
            per_page: 100,
          },
        );
        for await (const { data } of pages) {
          runs.push(...data);
          if (runs.length >= MOST_CHECKS) break;
        }
        const { data } = await octokit.rest.repos.getCombinedStatusForRef({
          ...at,
          per_page: 100,
        });
        return [...runs.map(fromRun), ...data.statuses.map(fromStatus)];
      },
    );
  }

  async getCheckLog(
    repository: RepositoryRef,
    check: CommitCheck,
  ): Promise<string | undefined> {
    const id = /^run:(\d+)$/.exec(check.id)?.[1];
    if (id === undefined) return check.summary;
    const at = { owner: repository.owner, repo: repository.name };
    return this.#ask(
      repository,
      `read the log of '${check.name}' in`,
      async octokit =>
        (await readJobLog(octokit, at, Number(id))) ??
        readOutput(octokit, at, Number(id)),
    );
  }
}

/**
 * The log of a job of GitHub Actions, whose id is that of its check run.
 *
 * @returns undefined for a check of another App, and where logs may not be read
 */
async function readJobLog(
  octokit: Octokit,
  at: { owner: string; repo: string },
  id: number,
): Promise<string | undefined> {
  try {
    const { data } = await octokit.rest.actions.downloadJobLogsForWorkflowRun({
      ...at,
      job_id: id,
    });
    return textOf(data)?.slice(-LOG_CHARACTERS);
  } catch (error) {
    const { status } = error as { status?: number };
    if (status === 404 || status === 410 || status === 403) return undefined;
    throw error;
  }
}

/** What a check says of itself, with its annotations. */
async function readOutput(
  octokit: Octokit,
  at: { owner: string; repo: string },
  id: number,
): Promise<string | undefined> {
  const { data } = await octokit.rest.checks.get({ ...at, check_run_id: id });
  const { title, summary, text, annotations_count: count } = data.output;
  const annotations = count
    ? (
        await octokit.rest.checks.listAnnotations({
          ...at,
          check_run_id: id,
          per_page: 100,
        })
      ).data.map(
        ({ path, start_line: line, message }) => `${path}:${line}: ${message}`,
      )
    : [];
  const lines = [title, summary, text, ...annotations].filter(Boolean);
  return lines.join('\n').slice(0, LOG_CHARACTERS) || undefined;
}

/** GitHub redirects to a file; octokit gives text or bytes by its media type. */
function textOf(data: unknown): string | undefined {
  if (typeof data === 'string') return data;
  if (data instanceof ArrayBuffer) return Buffer.from(data).toString('utf8');
  return undefined;
}

function fromRun(run: CheckRun): CommitCheck {
  return {
    id: `run:${run.id}`,
    name: run.name,
    state: stateOf(run),
    url: run.html_url ?? run.details_url ?? undefined,
    summary: run.output.title ?? run.conclusion ?? undefined,
  };
}

function stateOf({ status, conclusion }: CheckRun): CommitCheck['state'] {
  if (status !== 'completed') return 'pending';
  return ['success', 'neutral', 'skipped'].includes(conclusion ?? '')
    ? 'passing'
    : 'failing';
}

function fromStatus(status: Status): CommitCheck {
  const states: Record<string, CommitCheck['state']> = {
    success: 'passing',
    pending: 'pending',
  };
  return {
    id: `status:${status.id}`,
    name: status.context,
    state: states[status.state] ?? 'failing',
    url: status.target_url ?? undefined,
    summary: status.description ?? undefined,
  };
}
