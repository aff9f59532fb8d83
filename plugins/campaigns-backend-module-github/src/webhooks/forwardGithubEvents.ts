import { EventsService } from '@backstage/plugin-events-node';
import { FORGE_EVENTS_TOPIC } from '@skein/plugin-campaigns-node';
import { translateGithubEvent } from './translateGithubEvent';

/** Topic of `@backstage/plugin-events-backend-module-github`, which has checked the signatures. */
const GITHUB_TOPIC = 'github';

/**
 * Translates GitHub's webhooks, as they come from Backstage's events plugin, to
 * events that campaigns understand.
 *
 * @param hosts - others' events are not ours to believe
 */
export async function forwardGithubEvents(
  events: EventsService,
  hosts: string[],
): Promise<void> {
  const known = new Set(hosts.map(host => host.toLowerCase()));
  await events.subscribe({
    id: 'campaigns-github',
    topics: [GITHUB_TOPIC],
    onEvent: async ({ metadata, eventPayload }) => {
      const event = metadata?.['x-github-event'];
      if (typeof event !== 'string') return;
      for (const payload of translateGithubEvent(event, eventPayload)) {
        if (!known.has(payload.repository.host.toLowerCase())) continue;
        await events.publish({
          topic: FORGE_EVENTS_TOPIC,
          eventPayload: payload,
        });
      }
    },
  });
}
