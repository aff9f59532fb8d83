import { signBody } from './signBody';
import { Behaviour } from '../behaviour/Behaviour';
import { DeliveryRow, HookRow } from '../store/rows';
import { Store } from '../store/Store';
import { isoSeconds } from '../git/parse';

export interface NewDelivery {
  hook: HookRow;
  guid: string;
  event: string;
  action?: string;
  repositoryId?: number;
  installationId?: number;
  payload: Record<string, unknown>;
}

const attemptLimit = 5;
const firstRetryMs = 500;
/** A held delivery goes out after this long even if nothing overtakes it. */
const heldMs = 3_000;
const timeoutMs = 10_000;
const keptDeliveries = 5_000;

/**
 * Sends what is queued: one at a time per hook, retried with doubling pauses,
 * at most five times. The queue is stored, so a restart goes on where it was.
 */
export class WebhookSender {
  private readonly busy = new Set<number>();
  private readonly running = new Set<Promise<void>>();
  private timer?: NodeJS.Timeout;
  private closed = true;

  constructor(
    private readonly store: Store,
    private readonly behaviour: Behaviour,
  ) {}

  start(): void {
    this.closed = false;
    this.pump();
  }

  enqueue(delivery: NewDelivery): void {
    const { hook, payload, ...rest } = delivery;
    const lost = this.behaviour.webhook('lose');
    const held = !lost && this.behaviour.webhook('reorder');
    const copies = !lost && this.behaviour.webhook('duplicate') ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      const row = this.store.deliveries.insert({
        ...rest,
        hookId: hook.id,
        payload: JSON.stringify(payload),
        state: lost ? 'lost' : 'pending',
        attempts: 0,
        nextAt: Date.now() + (held ? heldMs : 0),
        held,
        redelivery: false,
        createdAt: isoSeconds(Date.now()),
      });
      this.forgetOld(row);
    }
    this.pump();
  }

  /** Sends a stored delivery again, under its own guid. */
  redeliver(delivery: DeliveryRow): DeliveryRow {
    const { id, ...rest } = delivery;
    const row = this.store.deliveries.insert({
      ...rest,
      state: 'pending',
      attempts: 0,
      nextAt: Date.now(),
      held: false,
      redelivery: true,
      statusCode: undefined,
      durationMs: undefined,
      error: undefined,
      deliveredAt: undefined,
      createdAt: isoSeconds(Date.now()),
    });
    this.pump();
    return row;
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await Promise.all(this.running);
  }

  private pump(): void {
    if (this.closed) {
      return;
    }
    clearTimeout(this.timer);
    const due = this.store.deliveries.select(
      "SELECT * FROM deliveries WHERE state = 'pending' AND nextAt <= ? ORDER BY nextAt, id LIMIT 200",
      [Date.now()],
    );
    for (const delivery of due) {
      if (!this.busy.has(delivery.hookId)) {
        this.busy.add(delivery.hookId);
        const sending = this.send(delivery).finally(() => {
          this.busy.delete(delivery.hookId);
          this.running.delete(sending);
          this.pump();
        });
        this.running.add(sending);
      }
    }
    const [next] = this.store.deliveries.select(
      "SELECT * FROM deliveries WHERE state = 'pending' AND nextAt > ? ORDER BY nextAt LIMIT 1",
      [Date.now()],
    );
    if (next) {
      this.timer = setTimeout(
        () => this.pump(),
        Math.max(5, next.nextAt - Date.now()),
      );
      this.timer.unref();
    }
  }

  private async send(delivery: DeliveryRow): Promise<void> {
    const hook = this.store.hooks.get(delivery.hookId);
    if (!hook) {
      this.store.deliveries.update(delivery.id, {
        state: 'failed',
        error: 'The hook has been deleted',
      });
      return;
    }
    const began = Date.now();
    const attempts = delivery.attempts + 1;
    const outcome = await this.post(hook, delivery);
    const ok =
      outcome.status !== undefined &&
      outcome.status >= 200 &&
      outcome.status < 300;
    const retry = !ok && attempts < attemptLimit;
    this.store.deliveries.update(delivery.id, {
      attempts,
      statusCode: outcome.status,
      error: outcome.error,
      durationMs: Date.now() - began,
      deliveredAt: isoSeconds(Date.now()),
      nextAt: Date.now() + firstRetryMs * 2 ** (attempts - 1),
      held: false,
      // eslint-disable-next-line no-nested-ternary
      state: ok ? 'delivered' : retry ? 'pending' : 'failed',
    });
    if (ok) {
      this.releaseHeld(hook.id);
    }
  }

  private async post(
    hook: HookRow,
    delivery: DeliveryRow,
  ): Promise<{ status?: number; error?: string }> {
    const body =
      hook.contentType === 'form'
        ? new URLSearchParams({ payload: delivery.payload }).toString()
        : delivery.payload;
    const headers: Record<string, string> = {
      'content-type':
        hook.contentType === 'form'
          ? 'application/x-www-form-urlencoded'
          : 'application/json',
      'user-agent': 'GitHub-Hookshot/local',
      'x-github-event': delivery.event,
      'x-github-delivery': delivery.guid,
      'x-github-hook-id': String(hook.id),
      ...targetOf(hook),
    };
    if (hook.secret) {
      headers['x-hub-signature-256'] = signBody(hook.secret, body);
    }
    try {
      const response = await fetch(hook.url, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
      return { status: response.status };
    } catch (error) {
      return { error: String(error instanceof Error ? error.message : error) };
    }
  }

  /** Lets deliveries go that were to be overtaken, now that one has overtaken them. */
  private releaseHeld(hookId: number): void {
    for (const row of this.store.deliveries.find({
      hookId,
      state: 'pending',
      held: true,
    })) {
      this.store.deliveries.update(row.id, { nextAt: Date.now(), held: false });
    }
  }

  private forgetOld(newest: DeliveryRow): void {
    if (newest.id % 100 === 0) {
      for (const row of this.store.deliveries.select(
        "SELECT * FROM deliveries WHERE id <= ? AND state <> 'pending' LIMIT 500",
        [newest.id - keptDeliveries],
      )) {
        this.store.deliveries.delete({ id: row.id });
      }
    }
  }
}

function targetOf(hook: HookRow): Record<string, string> {
  if (hook.repositoryId !== undefined) {
    return {
      'x-github-hook-installation-target-type': 'repository',
      'x-github-hook-installation-target-id': String(hook.repositoryId),
    };
  }
  return hook.organizationId !== undefined
    ? {
        'x-github-hook-installation-target-type': 'organization',
        'x-github-hook-installation-target-id': String(hook.organizationId),
      }
    : {
        'x-github-hook-installation-target-type': 'integration',
        'x-github-hook-installation-target-id': String(hook.appId),
      };
}
