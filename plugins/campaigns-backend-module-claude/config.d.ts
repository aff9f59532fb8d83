import { HumanDuration } from '@backstage/types';

export interface Config {
  campaigns?: {
    claude?: {
      /**
       * Key of the Anthropic API. Without this and `keys` no model is
       * connected, and all that needs none works on.
       *
       * @visibility secret
       */
      apiKey?: string;

      /** Keys of single campaigns; they go before `apiKey`. The first that fits counts. */
      keys?: Array<{
        /** Name of the campaign. */
        campaign?: string;
        /** Entity ref of the owner of campaigns, for example `group:default/data-platform`. */
        owner?: string;
        /** @visibility secret */
        apiKey: string;
      }>;

      /** Another address of the Messages API, for example of a proxy. Default: https://api.anthropic.com. */
      baseURL?: string;

      /** What people are told that the model is. Default: Claude at the host of that address. */
      title?: string;

      /** What agents and the judge ask for where their campaign says nothing. Default: claude-opus-5-5. */
      model?: string;

      /** How much work the model shall put in. Default: the model's own. */
      effort?: 'low' | 'medium' | 'high' | 'xhigh' | 'max';

      /** Default: the model's own. */
      thinking?: 'adaptive' | 'between_tools' | 'disabled';

      /** Most output tokens of one call, thinking included. Default: 16,000. */
      maxTokens?: number;

      /** How long an answer may be silent before it counts as broken. Default: 5 minutes. */
      idleTimeout?: string | HumanDuration;
    };
  };
}
