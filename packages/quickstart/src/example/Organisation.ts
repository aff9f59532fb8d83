import fs from 'fs';
import path from 'path';
import { parseAllDocuments } from 'yaml';

/** The example organisation as a forge knows it, from the catalog's groups and users. */
export interface Organisation {
  login: string;
  name: string;
  users: OrganisationUser[];
  teams: OrganisationTeam[];
}

export interface OrganisationUser {
  login: string;
  name: string;
  email: string;
}

export interface OrganisationTeam {
  slug: string;
  name: string;
  description: string;
  members: string[];
}

interface OrganisationEntity {
  kind: string;
  metadata: { name: string; description?: string };
  spec: {
    type?: string;
    profile?: { displayName?: string; email?: string };
    memberOf?: string[];
  };
}

/** Logins on a forge have no dots. */
export function loginOf(userName: string): string {
  return userName.replaceAll('.', '-');
}

/** Reads `catalog/org.yaml` of the examples. */
export function readOrganisation(examplesFolder: string): Organisation {
  const file = path.join(examplesFolder, 'catalog', 'org.yaml');
  const documents = parseAllDocuments(fs.readFileSync(file, 'utf8'));
  return toOrganisation(
    documents
      .map(it => it.toJS())
      .filter(it => it?.kind) as OrganisationEntity[],
  );
}

/** A group of type organization becomes the organisation, every other group a team. */
export function toOrganisation(entities: OrganisationEntity[]): Organisation {
  const groups = entities.filter(it => it.kind === 'Group');
  const users = entities.filter(it => it.kind === 'User');
  const top = groups.find(it => it.spec.type === 'organization');
  if (!top) throw new Error('The examples have no group of type organization');
  return {
    login: top.metadata.name,
    name: top.spec.profile?.displayName ?? top.metadata.name,
    users: users.map(it => ({
      login: loginOf(it.metadata.name),
      name: it.spec.profile?.displayName ?? it.metadata.name,
      email: it.spec.profile?.email ?? `${it.metadata.name}@example.invalid`,
    })),
    teams: groups
      .filter(it => it !== top)
      .map(({ metadata, spec }) => ({
        slug: metadata.name,
        name: spec.profile?.displayName ?? metadata.name,
        description: metadata.description ?? '',
        members: users
          .filter(it => it.spec.memberOf?.includes(metadata.name))
          .map(it => loginOf(it.metadata.name)),
      })),
  };
}
