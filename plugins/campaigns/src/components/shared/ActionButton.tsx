import { ReactElement } from 'react';
import Button, { ButtonProps } from '@material-ui/core/Button';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  unavailable: { opacity: 0.5, cursor: 'not-allowed' },
});

export interface ActionButtonProps {
  children: string;
  onClick: () => void;
  /** Why it cannot be used now; undefined where it can. */
  unavailable?: string;
  variant?: ButtonProps['variant'];
  color?: ButtonProps['color'];
  size?: ButtonProps['size'];
  startIcon?: ReactElement;
}

/**
 * A button that says why it cannot be used. It stays focusable then, so that
 * keyboards and screen readers reach the reason too.
 */
export function ActionButton(props: ActionButtonProps) {
  const classes = useStyles();
  const { unavailable, onClick, children, ...rest } = props;
  const button = (
    <Button
      {...rest}
      onClick={unavailable ? undefined : onClick}
      aria-disabled={unavailable ? true : undefined}
      className={unavailable ? classes.unavailable : undefined}
      disableRipple={Boolean(unavailable)}
    >
      {children}
    </Button>
  );
  return unavailable ? (
    <Tooltip title={unavailable} aria-label={`${children}: ${unavailable}`}>
      {button}
    </Tooltip>
  ) : (
    button
  );
}
