/** For tests: a campaign file that needs an approval, and of somebody else. */
export const campaignYaml = `
apiVersion: skein/v1
kind: Campaign
name: retire-users
title: Retire users
owner: group:default/platform
guide: guide.md
datasets:
  - from: acme.user_data.users_v1
    to: acme.user_data.users_v2
    mapping: users.csv
rollout:
  approval: required
  separateApprover: true
`;

/** The files that {@link campaignYaml} names. */
export const campaignFiles = {
  'users.csv':
    'old_column,new_column,transform\nuser_id,user_identifier,CAST(user_identifier AS INT64)\n',
  'guide.md': '# How to move\n',
};
