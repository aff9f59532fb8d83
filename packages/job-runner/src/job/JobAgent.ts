import Anthropic from '@anthropic-ai/sdk';
import { createFence, renderPrompt } from '@skein/agent-context';
import { Refusal } from '@skein/mapping-rewriter';
import { randomBytes } from 'crypto';
import { AgentEnd, AgentSession } from '../agent/AgentSession';
import { protocolFetch } from '../agent/protocolFetch';
import { connectMcpServers, McpTools } from '../agent/connectMcpServers';
import { agentTools } from '../agent/tools/agentTools';
import { ToolContext } from '../agent/tools/ToolContext';
import { Transcript } from '../agent/Transcript';
import { CommandAllowlist } from '../command/CommandAllowlist';
import { AgentReport, AgentSettings, TransformReport } from '../protocol';
import { JobContext } from './JobContext';
import { promptContextOf } from './promptContextOf';
import { TargetChange } from './TargetChange';

/** Bytes of one answer of a tool. */
const OUTPUT_BYTES = 24 * 1024;

/**
 * The agent of a job. It starts where it is first needed, and goes on with the
 * same talk where its change is sent back. A run that does not finish leaves
 * the change as it was before.
 */
export class JobAgent {
  readonly #context: JobContext;
  readonly #settings: AgentSettings & { model: string };
  readonly #change: TargetChange;
  readonly #report: TransformReport;
  readonly #fence = createFence(randomBytes(16));
  /** The patch of a run that did not finish, for a person to look at. */
  attempted: Buffer | undefined;
  #session: AgentSession | undefined;
  #tools: ToolContext | undefined;
  #mcp: McpTools | undefined;
  #refusedBefore: Refusal[] = [];
  #ended: AgentEnd | undefined;

  constructor(
    context: JobContext,
    settings: AgentSettings & { model: string },
    change: TargetChange,
    report: TransformReport,
  ) {
    this.#context = context;
    this.#settings = settings;
    this.#change = change;
    this.#report = report;
  }

  /** How its last run ended; undefined where there was none. */
  get end(): AgentEnd | undefined {
    return this.#ended;
  }

  /** Whether it can be called (again): what it could not do once, it is not asked for again. */
  get canWork(): boolean {
    return this.#ended === undefined || this.#ended.outcome === 'finished';
  }

  /**
   * Lets it work on the change as it is.
   *
   * @param problems - what verification or review say against the change
   */
  async work(problems: string[]): Promise<AgentEnd> {
    const { log } = this.#context;
    const before = this.#change.workspace.snapshot();
    const askedBefore = this.#change.asked.length;
    log.phase('agent', problems.length > 0 ? 'Repairing' : 'Starting');
    const session = this.#session ?? (await this.#start(problems));
    const again = this.#session && feedbackOf(problems);
    this.#session = session;
    this.#change.othersTookPart = true;
    const end = await session.run(again);
    this.#ended = end;
    const line = `The agent ended (${end.outcome}): ${end.summary}`;
    if (end.outcome === 'finished') {
      log.info(line);
    } else {
      log.warn(line);
      this.attempted = await this.#change.workspace.patch();
      this.#change.workspace.restore(before);
      this.#change.asked.splice(askedBefore);
    }
    return end;
  }

  /** Writes down what it did, against what is left now. */
  async describe(): Promise<void> {
    if (!this.#session || !this.#ended) return;
    const { model, turns, usage } = this.#session;
    const left = new Set(this.#change.refusals.map(keyOf));
    const finished = this.#ended.outcome === 'finished';
    const agent: AgentReport = {
      ...this.#ended,
      remarks: this.#tools?.finished?.remarks ?? [],
      model,
      turns,
      usage,
      files: finished ? await this.#change.changedByOthers() : [],
      resolved: finished
        ? this.#refusedBefore.filter(refusal => !left.has(keyOf(refusal)))
        : [],
      asked: [...this.#change.asked],
    };
    this.#report.agent = agent;
  }

  async stop(): Promise<void> {
    await this.#mcp?.close();
  }

  async #start(problems: string[]): Promise<AgentSession> {
    const { client, log, redact, signal, spec } = this.#context;
    const change = this.#change;
    this.#refusedBefore = change.refusals;
    this.#tools = {
      workspace: change.workspace,
      verify: () => change.verify(),
      allowlist: new CommandAllowlist(this.#settings.bash),
      environment: this.#context.checkEnvironment,
      mappings: spec.mappings,
      guideUrl: spec.options.guideUrl,
      outputBytes: OUTPUT_BYTES,
      signal,
      asked: change.asked,
    };
    this.#mcp = await connectMcpServers(this.#settings.mcpServers, {
      folder: change.workspace.checkout.folder,
      environment: this.#context.checkEnvironment,
      outputBytes: OUTPUT_BYTES,
      log,
    });
    return new AgentSession({
      client: new Anthropic({
        // The job protocol's client adds the token; the address says no more than the path.
        baseURL: 'http://backend',
        apiKey: null,
        authToken: 'of-the-attempt',
        fetch: protocolFetch(client),
        maxRetries: 0,
        timeout: this.#settings.timeoutSeconds * 1_000,
      }),
      settings: this.#settings,
      prompt: renderPrompt({
        context: promptContextOf(spec, this.#settings),
        target: {
          ...spec.target,
          framework: this.#report.framework,
          checks: this.#report.baseline
            .filter(check => check.source === 'repository')
            .map(check => check.name),
        },
        rewrite: { edits: change.edits, refusals: change.refusals, problems },
        fence: this.#fence,
      }),
      fence: this.#fence,
      tools: [...agentTools(this.#tools), ...this.#mcp.tools],
      context: this.#tools,
      transcript: new Transcript(log, redact),
      signal,
    });
  }
}

function feedbackOf(problems: string[]): string {
  return `Your change was sent back:\n\n${problems
    .map(problem => `- ${problem}`)
    .join(
      '\n',
    )}\n\nCorrect the change, not what says so. Then call verify and finish again.`;
}

/** A place moves with the edits above it; what is refused there does not. */
function keyOf({ file, text, code }: Refusal): string {
  return JSON.stringify([file, text, code]);
}
