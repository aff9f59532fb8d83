import { ComponentProps } from 'react';
import { InfoCard } from '@backstage/core-components';

/** A card whose title is a heading, so that a page can be walked by its headings. */
export function SectionCard(props: ComponentProps<typeof InfoCard>) {
  const { subheader } = props;
  return (
    <InfoCard
      titleTypographyProps={{ component: 'h3', variant: 'h6' }}
      subheaderTypographyProps={{ variant: 'body2' }}
      {...props}
      // The card lays its subheader out in boxes: words and links want one line.
      subheader={subheader && <div>{subheader}</div>}
    />
  );
}
