export interface Config {
  campaigns?: {
    /** Searches code with a Sourcegraph server. */
    sourcegraph?: {
      /** Address of the server, for example `https://sourcegraph.example.com`. */
      url: string;
      /**
       * Access token of a user who sees every repository that people may see.
       *
       * @visibility secret
       */
      token?: string;
      /**
       * Host of repositories whose name there is `owner/name` alone. Default:
       * names begin with the host, as they do unless an administrator says
       * otherwise.
       */
      host?: string;
      /** Lines that one search gives. Default: 5,000. */
      mostLines?: number;
    };
    /** Searches code with a Zoekt web server that was started with `-rpc`. */
    zoekt?: {
      /** Address of the server, for example `http://zoekt.example.com:6070`. */
      url: string;
      /**
       * Sent as a bearer token, to what stands before the server: it has no
       * users of its own.
       *
       * @visibility secret
       */
      token?: string;
      /** Host of repositories whose name there is `owner/name` alone. */
      host?: string;
      /** Lines that one search gives. Default: 5,000. */
      mostLines?: number;
    };
  };
}
