import SvgIcon, { SvgIconProps } from '@material-ui/core/SvgIcon';

/** Threads that leave one side and meet on the other. */
export function CampaignsIcon(props: SvgIconProps) {
  return (
    <SvgIcon {...props} viewBox="0 0 24 24">
      <path
        d="M3 5c7 0 7 14 15 14M3 12h15M3 19c7 0 7-14 15-14"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
      />
      <circle cx="20" cy="5" r="1.6" />
      <circle cx="20" cy="12" r="1.6" />
      <circle cx="20" cy="19" r="1.6" />
    </SvgIcon>
  );
}
