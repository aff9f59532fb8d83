import {
  applyEdits,
  Edit,
  Leftovers,
  Reference,
  Refusal,
  RewriteOptions,
  RewriteResult,
} from '@skein/mapping-rewriter';
import { Checkout } from '../checkout/Checkout';
import { Sources } from '../checkout/readSources';
import { Workspace, WorkspaceSnapshot } from '../checkout/Workspace';
import { CheckResult } from '../protocol';
import { RewriteSummary, summarize } from '../transform/decideOutcome';
import { findMentions } from '../transform/findMentions';
import { renderVerification, Verification } from '../verify';
import { JobContext } from './JobContext';
import { JobFailure } from './JobFailure';
import { TargetVerification } from './TargetVerification';

const LISTED = 20;

/** What all checks say of the change as it is. */
export interface ChangeCheck {
  ok: boolean;
  /** For an agent: a short success, or only the errors that matter. */
  text: string;
  results: CheckResult[];
  blamed?: Verification['blamed'];
}

/** The change of one job while it is made: what the steps did, and what is true of it. */
export class TargetChange {
  readonly workspace: Workspace;
  /** Edits of the mapping tables, paths relative to the repository. */
  edits: Edit[] = [];
  /** What is left to a person. */
  refusals: Refusal[] = [];
  unproven: Reference[] = [];
  /** Mapped names that stay and are not refused. */
  leftovers: Leftovers | undefined;
  /** What an agent left to a person beside that. */
  readonly asked: Refusal[] = [];
  /** An agent or a program took part: what it left is looked at again. */
  othersTookPart = false;
  readonly #context: JobContext;
  readonly #sources: Sources;
  readonly #verification: TargetVerification;
  #mapped: WorkspaceSnapshot;
  #checked: { tree: string; check: ChangeCheck } | undefined;

  private constructor(
    context: JobContext,
    workspace: Workspace,
    sources: Sources,
    verification: TargetVerification,
  ) {
    this.#context = context;
    this.workspace = workspace;
    this.#sources = sources;
    this.#verification = verification;
    this.#mapped = workspace.snapshot();
  }

  static async create(
    context: JobContext,
    checkout: Checkout,
    sources: Sources,
    verification: TargetVerification,
  ): Promise<TargetChange> {
    const { path } = context.spec.target;
    const workspace = await Workspace.create(checkout, path, sources.files);
    return new TargetChange(context, workspace, sources, verification);
  }

  /** Applies the mapping tables. Notes are left now, or where others follow, at the end. */
  async applyMappings(options: { leaveNotes: boolean }): Promise<void> {
    const result = await this.#rewrite(options);
    for (const file of result.files) this.#write(file.path, file.output);
    const { edits, refusals, unproven, leftovers } = this.#summarize(result);
    this.edits = [...this.edits, ...edits];
    this.refusals = refusals;
    this.unproven = unproven;
    this.leftovers = leftovers;
    this.#mapped = this.workspace.snapshot();
  }

  /** Looks again at what is left after others took part, and leaves a note beside it. */
  async settle(): Promise<void> {
    if (!this.othersTookPart) return;
    const result = await this.#rewrite({ leaveNotes: true });
    const placed: Edit[] = [];
    for (const text of this.workspace.texts()) {
      const file = result.files.find(({ path }) => path === text.path);
      const notes = (file?.edits ?? []).filter(
        edit =>
          edit.kind === 'note' && !this.#isAsked(text.content, edit.span.start),
      );
      if (notes.length === 0) continue;
      this.#write(text.path, applyEdits(text.content, notes));
      placed.push(...notes);
    }
    const { refusals, unproven, leftovers } = this.#summarize(result);
    this.edits = [
      ...this.edits.filter(edit => edit.kind !== 'note'),
      ...placed.map(edit => this.#placeInRepository(edit)),
    ];
    this.refusals = [...refusals, ...this.#askedBeyond(refusals)];
    this.unproven = unproven;
    this.leftovers = leftovers;
  }

  /** What the change amounts to. */
  async summary(): Promise<RewriteSummary> {
    return {
      edits: this.edits,
      refusals: this.refusals,
      unproven: this.unproven,
      changed: await this.changedByOthers(),
    };
  }

  /** Files that are another than the mapping tables made them, but for notes. */
  async changedByOthers(): Promise<string[]> {
    if (!this.othersTookPart) return [];
    return this.workspace.changedSince(this.#mapped, content =>
      this.#withoutNotes(content),
    );
  }

  /** Runs all checks on the change as it is; the same change is not checked twice. */
  async verify(): Promise<ChangeCheck> {
    const tree = await this.workspace.tree();
    if (this.#checked?.tree === tree) return this.#checked.check;
    const check = await this.#verifyTree(tree);
    this.#checked = { tree, check };
    return check;
  }

  /** @throws JobFailure where it is too large */
  async patch(): Promise<string> {
    const patch = await this.workspace.patch();
    const { patchBytes } = this.#context.spec.limits;
    if (patch.length > patchBytes) {
      throw new JobFailure(
        'patch-too-large',
        `The patch has ${patch.length} bytes; its limit is ${patchBytes}`,
      );
    }
    return patch.toString('utf8');
  }

  async #verifyTree(tree: string): Promise<ChangeCheck> {
    const proof = this.othersTookPart ? await this.#prove() : [];
    if (proof.some(({ outcome }) => outcome === 'failed')) {
      return { ok: false, text: proof[0].output!, results: proof };
    }
    const results: CheckResult[] = [...proof];
    const state = { tree, files: this.workspace.texts() };
    const verification = await this.#verification.verify(
      this.#context,
      state,
      results,
    );
    const { text } = renderVerification(verification);
    const { blamed } = verification;
    return { ok: !blamed, text, results, blamed };
  }

  /** What the mapping tables say of a change that others took part in. */
  async #prove(): Promise<CheckResult[]> {
    const startedAt = Date.now();
    const result = await this.#rewrite({ leaveNotes: false });
    const { edits, unproven } = this.#summarize(result);
    const places = [
      ...edits.map(
        edit =>
          `${edit.file}:${edit.span.line} still has ${edit.oldText}, which the mapping table turns into ${edit.newText}`,
      ),
      ...unproven.map(
        ({ file, span, dataset }) =>
          `${file}:${span.line} still reads ${dataset}`,
      ),
    ];
    return [
      {
        name: 'Nothing is left that the mapping tables change',
        source: 'skein',
        outcome: places.length > 0 ? 'failed' : 'passed',
        summary: places[0] ?? 'nothing is left',
        ...(places.length > 0 && {
          output: places.slice(0, LISTED).join('\n'),
        }),
        durationMs: Date.now() - startedAt,
      },
    ];
  }

  #rewrite(options: { leaveNotes: boolean }): Promise<RewriteResult> {
    const { rewriter, signal, spec } = this.#context;
    const merged: RewriteOptions = {
      ...spec.options,
      leaveNotes: options.leaveNotes && spec.options.leaveNotes !== false,
    };
    return rewriter.rewrite(
      this.workspace.texts(),
      spec.mappings,
      merged,
      signal,
    );
  }

  /** With all paths relative to the repository. */
  #summarize(result: RewriteResult): RewriteSummary {
    const { edits, refusals, unproven, leftovers } = summarize(result);
    const place = <T extends { file: string }>(item: T) =>
      this.#placeInRepository(item);
    return {
      edits: edits.map(place),
      refusals: [
        ...refusals.map(place),
        ...findMentions(this.#sources.unread, this.#context.spec.mappings),
      ],
      unproven: unproven.map(place),
      leftovers: leftovers && {
        ...leftovers,
        places: leftovers.places.map(place),
      },
    };
  }

  /** What was asked and is not refused by the tables as well. */
  #askedBeyond(refusals: Refusal[]): Refusal[] {
    return this.asked.filter(
      one =>
        !refusals.some(
          other =>
            other.file === one.file &&
            Math.abs(other.span.line - one.span.line) <= 2,
        ),
    );
  }

  #withoutNotes(content: Buffer | undefined): string | undefined {
    const notes = new Set(
      [...this.asked, ...this.refusals].flatMap(({ note }) => note ?? []),
    );
    return content
      ?.toString('latin1')
      .split('\n')
      .filter(line => !notes.has(Buffer.from(line, 'latin1').toString().trim()))
      .join('\n');
  }

  #write(path: string, text: string): void {
    this.workspace.write(this.#inRepository(path), Buffer.from(text, 'utf8'));
  }

  /** Whether the agent has left a note in the same statement, above this place. */
  #isAsked(content: string, at: number): boolean {
    const notes = new Set(this.asked.map(({ note }) => note));
    const above = content.slice(0, at).split('\n').slice(0, -1);
    for (const line of above.reverse()) {
      if (notes.has(line.trim())) return true;
      if (line.trim() === '' || line.includes(';')) return false;
    }
    return false;
  }

  #placeInRepository<T extends { file: string }>(item: T): T {
    return { ...item, file: this.#inRepository(item.file) };
  }

  #inRepository(path: string): string {
    const { path: folder } = this.#context.spec.target;
    return folder === '' ? path : `${folder}/${path}`;
  }
}
