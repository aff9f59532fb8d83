import { defaultModelConfig, ModelConfig } from '../readModelConfig';

/** For tests: prices of the scripted model that are easy to count with, and no default budget. */
export function scriptedModelConfig(
  more: Partial<ModelConfig> = {},
): ModelConfig {
  return {
    ...defaultModelConfig,
    prices: {
      'scripted-1': {
        input: 1,
        output: 10,
        cacheWrite5m: 1.25,
        cacheWrite1h: 2,
        cacheRead: 0.1,
      },
    },
    budget: {},
    ...more,
  };
}
