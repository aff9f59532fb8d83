import { Theme, alpha } from '@material-ui/core/styles';

/** For words beside the main ones on the page's own ground, where themes' secondary colour often lacks contrast. */
export function mutedColor({ palette }: Theme): string {
  return alpha(palette.text.primary, 0.72);
}
