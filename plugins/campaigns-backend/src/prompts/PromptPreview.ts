import {
  createFence,
  latestTemplates,
  PromptRewrite,
  renderPrompt,
} from '@skein/agent-context';
import { InputError } from '@backstage/errors';
import { detectFramework } from '@skein/job-runner';
import { SourceFile } from '@skein/mapping-rewriter';
import {
  formatRepositoryRef,
  PromptSection,
  Target,
  TargetPrompt,
} from '@skein/plugin-campaigns-common';
import { RepositoryHead, RepositorySource } from '@skein/plugin-campaigns-node';
import { Knex } from 'knex';
import { ContextContent } from '../campaigns/context';
import { ContextStep } from '../campaigns/contextStepsOf';
import { getCampaignRow } from '../database/operations/campaigns/getCampaignRow';
import { getRevisionRow } from '../database/operations/campaigns/getRevisionRow';
import { ModelGateway } from '../gateway';
import { ReferenceFinder } from '../references';
import { SchemaSource, withSchemas } from '../schemas';

const FILES = 2_000;
const CHARACTERS = 16 * 1024 ** 2;
const CHARACTERS_PER_TOKEN = 4;

/** Jobs draw theirs anew; this one only shows where it stands. */
const PREVIEW_FENCE = createFence(new Uint8Array(16));

type AgentContextStep = Extract<ContextStep, { type: 'agent' }>;

/**
 * Shows what an agent would be told of a target before anything is run: the
 * same function renders it as in a job, over what the mapping tables make of
 * the head of the repository's branch.
 */
export class PromptPreview {
  readonly #knex: Knex;
  readonly #source: RepositorySource;
  readonly #rewriter: Pick<ReferenceFinder, 'rewrite'>;
  readonly #gateway: Pick<ModelGateway, 'settings'>;
  readonly #schemas: SchemaSource;

  constructor(options: {
    knex: Knex;
    source: RepositorySource;
    rewriter: Pick<ReferenceFinder, 'rewrite'>;
    gateway: Pick<ModelGateway, 'settings'>;
    schemas: SchemaSource;
  }) {
    this.#knex = options.knex;
    this.#source = options.source;
    this.#rewriter = options.rewriter;
    this.#gateway = options.gateway;
    this.#schemas = options.schemas;
  }

  /**
   * @param revisionId - what it would be told by another context revision than the current one
   * @throws NotFoundError where the target's campaign has no such revision
   * @throws InputError where the target is too large to be looked at here
   * @throws ReferenceLimitError where the mapping tables take too long
   */
  async render(target: Target, revisionId?: string): Promise<TargetPrompt> {
    const context = await this.#contextOf(target, revisionId);
    const head = await this.#source.head(target.repository);
    const files = await this.#readTarget(head, target.path);
    const rewrite = await this.#rewrite(files, context, target.path);
    const step = context.steps?.find(
      (each): each is AgentContextStep => each.type === 'agent',
    );
    const version = context.promptVersion ?? latestTemplates;
    const rendered = renderPrompt({
      context: {
        version,
        mappings: context.mappings,
        options: context.options,
        text: context.prompt,
        lessons: context.lessons,
        skills: step?.skills,
      },
      target: {
        repository: formatRepositoryRef(target.repository),
        path: target.path,
        framework: detectFramework(files) ?? 'unknown',
      },
      rewrite,
      fence: PREVIEW_FENCE,
    });
    const model = step && this.#gateway.settings(step)?.model;
    return {
      commit: head.commit,
      templates: version,
      model,
      ...describeCall(step, model, rewrite),
      sections: (['system', 'campaign', 'target'] as const).map(name =>
        toSection(name, rendered[name]),
      ),
    };
  }

  async #contextOf(
    { campaignId }: Target,
    revisionId: string | undefined,
  ): Promise<ContextContent> {
    const campaign = await getCampaignRow(this.#knex, campaignId);
    const revision = await getRevisionRow(
      this.#knex,
      campaign.id,
      revisionId ?? campaign.revision_id!,
    );
    return withSchemas(JSON.parse(revision.content), this.#schemas);
  }

  /** Texts of the target's folder, paths relative to it. */
  async #readTarget(head: RepositoryHead, path: string): Promise<SourceFile[]> {
    const listed = await this.#source.listFiles(head, { path });
    const paths = listed.map(file => file.path);
    if (paths.length > FILES) {
      throw new InputError(
        `The target has ${paths.length} files; a prompt is shown for at most ${FILES}. A job has no such limit.`,
      );
    }
    const texts = await this.#source.readFiles(head, paths);
    const files = [...texts].map(([file, content]) => ({
      path: path === '' ? file : file.slice(path.length + 1),
      content,
    }));
    const characters = files.reduce(
      (sum, file) => sum + file.content.length,
      0,
    );
    if (characters > CHARACTERS) {
      throw new InputError(
        `The target has ${characters} characters; a prompt is shown for at most ${CHARACTERS}. A job has no such limit.`,
      );
    }
    return files;
  }

  async #rewrite(
    files: SourceFile[],
    { mappings, options, steps }: ContextContent,
    path: string,
  ): Promise<PromptRewrite> {
    const applied = !steps || steps.some(step => step.type === 'mapping');
    if (!applied) return { edits: [], refusals: [] };
    const result = await this.#rewriter.rewrite(files, mappings, {
      ...options,
      leaveNotes: false,
    });
    const inRepository = <T extends { file: string }>(item: T) =>
      path === '' ? item : { ...item, file: `${path}/${item.file}` };
    return {
      edits: result.files.flatMap(file => file.edits.map(inRepository)),
      refusals: result.files.flatMap(file => file.refusals.map(inRepository)),
    };
  }
}

function describeCall(
  step: AgentContextStep | undefined,
  model: string | undefined,
  { refusals }: PromptRewrite,
): Pick<TargetPrompt, 'called' | 'reason'> {
  if (!step) {
    return {
      called: false,
      reason:
        'The campaign has no agent step. This is what an agent would be told, were there `- agent: {}` in its `transform`.',
    };
  }
  if (!model) {
    return {
      called: false,
      reason:
        'No model is connected. What needs judgement is left to people, with a note; this is what an agent would be told.',
    };
  }
  if (step.when === 'always') {
    return { called: true, reason: 'The campaign asks for it on each target.' };
  }
  return refusals.length > 0
    ? {
        called: true,
        reason: `The mapping tables leave ${refusals.length} ${
          refusals.length === 1 ? 'place' : 'places'
        }.`,
      }
    : {
        called: false,
        reason:
          'The mapping tables leave nothing. It is called only if checks or the review reject the result.',
      };
}

function toSection(name: PromptSection['name'], text: string): PromptSection {
  return { name, text, tokens: Math.ceil(text.length / CHARACTERS_PER_TOKEN) };
}
