export interface Config {
  campaigns?: {
    github?: {
      /**
       * How long one code search may wait for GitHub's limit of ten requests a
       * minute, in all, before its result is told as incomplete.
       * Default: 300000 (five minutes).
       */
      searchPatienceMilliseconds?: number;
    };
  };
}
