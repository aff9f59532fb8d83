import {
  CampaignSpec,
  ChangeReport,
  RepositoryRef,
} from '@skein/plugin-campaigns-common';
import { CommitOrigin, trailers } from './commitMessage';
import { inertText } from './inertText';
import { code, escapeMarkdown, link } from './markdown';
import { renderTemplate } from './renderTemplate';
import { renderChanges } from './renderChanges';
import { renderDecisions } from './renderDecisions';
import { renderLeftovers } from './renderLeftovers';
import { renderVerification } from './renderVerification';

/** What a pull request tells its reader. */
export interface PullRequestContent {
  campaign: Pick<
    CampaignSpec,
    | 'title'
    | 'description'
    | 'owner'
    | 'deadline'
    | 'guide'
    | 'datasets'
    | 'pullRequest'
  >;
  repository: RepositoryRef;
  /** Folder in the repository; empty for its root. */
  path: string;
  report: ChangeReport;
  origin: CommitOrigin;
  /** Page of the target in the portal. */
  targetUrl?: string;
}

/** GitHub refuses longer ones than 65,536 characters. */
const BODY_CHARACTERS = 60_000;
const TITLE_CHARACTERS = 200;

/** Title and body of a pull request. All that comes from the repository is shown as text, never as markup. */
export function renderPullRequest(content: PullRequestContent): {
  title: string;
  body: string;
} {
  const values = templateValues(content);
  const title = inertText(
    renderTemplate(content.campaign.pullRequest.title, values),
    TITLE_CHARACTERS,
  );
  const trailer = `${trailers(content.origin)}\n`;
  const sections = [
    ...(content.campaign.pullRequest.intro
      ? [
          renderTemplate(
            content.campaign.pullRequest.intro,
            mapValues(values, escapeMarkdown),
          ).trim(),
        ]
      : []),
    renderWhy(content),
    renderChanges(content.report),
    renderVerification(content.report),
    renderDecisions(content.report, content.campaign.guide),
    renderLeftovers(content.report),
    renderObjection(content),
  ];
  return { title, body: `${fit(sections, trailer)}\n\n---\n${trailer}` };
}

function renderWhy({ campaign }: PullRequestContent): string {
  const datasets = campaign.datasets.map(
    dataset => `- ${code(dataset.from)} is replaced by ${code(dataset.to)}`,
  );
  return [
    '## Why',
    `${
      campaign.datasets.length === 1
        ? 'A dataset that this code reads is being retired'
        : 'Datasets that this code reads are being retired'
    } (campaign: ${escapeMarkdown(campaign.title)}).`,
    datasets.join('\n'),
    ...(campaign.description
      ? [escapeMarkdown(campaign.description, 2_000)]
      : []),
    ...(campaign.deadline
      ? [`**Deadline:** ${escapeMarkdown(campaign.deadline)}`]
      : []),
    ...(campaign.guide
      ? [`**Guide:** ${link('how to migrate by hand', campaign.guide)}`]
      : []),
  ].join('\n\n');
}

function renderObjection({ campaign, targetUrl }: PullRequestContent): string {
  return [
    '## If you object',
    [
      '- Comment here, or close this pull request: it will not be opened again unless somebody asks for a retry.',
      '- Or push to this branch: from then on it is yours, and nothing overwrites it.',
      `- The campaign is owned by ${code(campaign.owner)}.`,
      ...(targetUrl
        ? [`- ${link('This change in the portal', targetUrl)}`]
        : []),
    ].join('\n'),
  ].join('\n\n');
}

function templateValues(content: PullRequestContent): Record<string, string> {
  const { campaign, repository, path } = content;
  return {
    'target.repository': `${repository.owner}/${repository.name}`,
    'target.path': path || '/',
    'dataset.from': campaign.datasets.map(each => each.from).join(', '),
    'dataset.to': campaign.datasets.map(each => each.to).join(', '),
    'campaign.title': campaign.title,
  };
}

function mapValues(
  values: Record<string, string>,
  map: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, map(value)]),
  );
}

/** Leaves out whole sections from the longest on, rather than cut through markup. */
function fit(sections: string[], trailer: string): string {
  const kept = sections.filter(Boolean);
  const room = BODY_CHARACTERS - trailer.length;
  while (kept.join('\n\n').length > room) {
    const longest = kept.reduce((a, b) => (b.length > a.length ? b : a));
    const heading = /^## .*$/m.exec(longest)?.[0] ?? '';
    kept[kept.indexOf(longest)] =
      `${heading}\n\nToo long to show here: see the change in the portal.`.trim();
  }
  return kept.join('\n\n');
}
