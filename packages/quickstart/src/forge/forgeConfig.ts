import type { NewApp, NewRepository } from '@skein/local-forge';
import { loginOf, Organisation } from '../example/Organisation';
import { ExampleRepository } from '../example/repositories';
import { Secrets } from '../state/secrets';

/** The GitHub App that the portal writes as. */
export const APP = { id: 1, slug: 'skein' } as const;

export interface ForgeConfigOptions {
  organisation: Organisation;
  repositories: ExampleRepository[];
  secrets: Pick<Secrets, 'webhookSecret' | 'appPrivateKey'>;
  webhookUrl: string;
}

/**
 * What the development forge is to hold, in the form of its `--config` file:
 * the example organisation, and the App that webhooks go out for. What is there
 * already stays as it is.
 */
export function forgeConfig(options: ForgeConfigOptions) {
  const { organisation, repositories, secrets, webhookUrl } = options;
  const people = new Map(organisation.users.map(it => [it.login, it]));
  const administrator = organisation.users[0].login;
  const app: NewApp & { installations: string[] } = {
    ...APP,
    name: 'Skein',
    owner: organisation.login,
    privateKey: secrets.appPrivateKey,
    webhook: { url: webhookUrl, secret: secrets.webhookSecret },
    installations: [organisation.login],
  };
  return {
    // Who presses the buttons on the forge's pages.
    webUser: administrator,
    organizations: [{ login: organisation.login, name: organisation.name }],
    users: organisation.users.map(it => ({
      ...it,
      organizations: {
        [organisation.login]: it.login === administrator ? 'admin' : 'member',
      },
    })),
    teams: organisation.teams.map(it => ({
      ...it,
      organization: organisation.login,
    })),
    repositories: repositories.map(
      (it): NewRepository => ({
        owner: organisation.login,
        name: it.name,
        description: it.description,
        folder: it.folder,
        commits: it.commits.map(({ message, author, date, paths }) => {
          const person = people.get(loginOf(author));
          return {
            message,
            date,
            paths,
            author: person && { name: person.name, email: person.email },
          };
        }),
      }),
    ),
    apps: [app],
  };
}
