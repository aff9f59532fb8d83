/** Which model the portal is connected with. */
export type ModelChoice = 'standIn' | 'claude' | 'none';

/**
 * Chooses the model: none where nobody wants one, Claude where there is a key
 * that is meant for the example, and else the scripted stand-in.
 */
export function chooseModel(wishes: {
  noModel: boolean;
  /** `SKEIN_ANTHROPIC_API_KEY`. */
  apiKey: string | undefined;
}): ModelChoice {
  if (wishes.noModel) return 'none';
  return wishes.apiKey ? 'claude' : 'standIn';
}

/** What a person at the terminal is told of it. */
export function describeModel(choice: ModelChoice): string {
  switch (choice) {
    case 'standIn':
      return 'Model: a scripted stand-in that plays examples/model, at no cost. With SKEIN_ANTHROPIC_API_KEY it is Claude.';
    case 'claude':
      return 'Model: Claude, with the key of SKEIN_ANTHROPIC_API_KEY. Campaigns with an agent stay drafts until you launch them.';
    default:
      return 'Model: none. What needs judgement is left to people; the portal shows what an agent would be told.';
  }
}
