import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { parseEntityRef } from '@backstage/catalog-model';

const useStyles = makeStyles({
  plain: { color: 'inherit', textDecoration: 'underline' },
});

export interface OwnerProps {
  ownerRef?: string;
  defaultKind?: 'group' | 'user';
  /** In the colour of the text around it, for a coloured ground. */
  plain?: boolean;
  hideIcon?: boolean;
}

/** A link to a group or user, or that nobody is known. */
export function Owner(props: OwnerProps) {
  const classes = useStyles();
  const { ownerRef, defaultKind = 'group', plain, hideIcon } = props;
  if (!ownerRef) return <>No owner known</>;
  return isEntityRef(ownerRef) ? (
    <EntityRefLink
      entityRef={ownerRef}
      defaultKind={defaultKind}
      hideIcon={plain || hideIcon}
      className={plain ? classes.plain : undefined}
    />
  ) : (
    <>{ownerRef}</>
  );
}

/** A service, such as a script, goes by a name alone. */
function isEntityRef(ref: string): boolean {
  if (!ref.includes(':')) return false;
  try {
    parseEntityRef(ref, { defaultKind: 'group' });
    return true;
  } catch {
    return false;
  }
}
