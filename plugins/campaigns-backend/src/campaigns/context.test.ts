import { contextOf, digestOf } from './context';
import { parseCampaign } from './spec';

const contextWith = (mapping: string) => {
  const { spec, problems } = parseCampaign({
    yaml: `apiVersion: skein/v1
kind: Campaign
name: retire-users
title: Retire users
owner: group:default/platform
guide: https://guides.example/users
datasets:
  - from: acme.user_data.users_v1
    to: acme.user_data.users_v2
    mapping: { columns: [{ old_column: a, new_column: b }] }
transform:
  - mapping: ${mapping}
`,
  });
  expect(problems).toEqual([]);
  return contextOf(spec!);
};

describe('the context of a campaign', () => {
  it('has every option of its mapping step', () => {
    expect(
      contextWith(
        '{ outputs: rename, comments: rename, documentation: datasets, data: rename, commands: rename, localNames: follow, definitions: rename, alignment: keep }',
      ).options,
    ).toMatchObject({
      outputs: 'rename',
      comments: 'rename',
      documentation: 'datasets',
      data: 'rename',
      commands: 'rename',
      localNames: 'follow',
      definitions: 'rename',
      alignment: 'keep',
      defaultProject: 'acme',
    });
  });

  it('has one digest, whatever order the options are written in', () => {
    expect(digestOf(contextWith('{ data: rename, commands: rename }'))).toBe(
      digestOf(contextWith('{ commands: rename, data: rename }')),
    );
    expect(digestOf(contextWith('{ data: rename }'))).not.toBe(
      digestOf(contextWith('{}')),
    );
  });
});
