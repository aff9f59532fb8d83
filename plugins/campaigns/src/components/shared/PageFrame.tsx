import { PropsWithChildren, ReactNode, createContext, useContext } from 'react';
import {
  Content,
  Header,
  HeaderLabel,
  Link,
  Page,
} from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import useTitle from 'react-use/esm/useTitle';
import { mutedColor } from './mutedColor';

/** `banner` as pages of the older frontend system have it; `plain` as those of the new one. */
export type FrameStyle = 'banner' | 'plain';

const FrameContext = createContext<FrameStyle>('banner');

export const FrameStyleProvider = FrameContext.Provider;

const useStyles = makeStyles(theme => ({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-end',
    gap: theme.spacing(1, 4),
    padding: theme.spacing(0, 3),
  },
  names: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  title: { fontSize: '1.5rem', fontWeight: 700, margin: 0, lineHeight: 1.3 },
  facts: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1, 3) },
  muted: { color: mutedColor(theme) },
}));

export interface PageFrameProps {
  title: string;
  subtitle?: string;
  /** The page above, to go back to; the first page has none. */
  parent?: {
    title: string;
    path: string;
    /** It is the plugin's first page, which the plugin's header leads to already. */
    first?: boolean;
  };
  facts?: Array<{ label: string; value: ReactNode }>;
}

/** A page with its title, in the manner of the pages around it. */
export function PageFrame(props: PropsWithChildren<PageFrameProps>) {
  const style = useContext(FrameContext);
  return style === 'banner' ? (
    <BannerFrame {...props} />
  ) : (
    <PlainFrame {...props} />
  );
}

function BannerFrame(props: PropsWithChildren<PageFrameProps>) {
  const { title, subtitle, parent, facts = [], children } = props;
  return (
    <Page themeId="tool">
      <Header
        title={title}
        subtitle={subtitle}
        type={parent?.title}
        typeLink={parent?.path}
      >
        {facts.map(({ label, value }) => (
          <HeaderLabel key={label} label={label} value={value} />
        ))}
      </Header>
      <Content>{children}</Content>
    </Page>
  );
}

/** Beneath the plugin's own header, which says 'Campaigns' already. */
function PlainFrame(props: PropsWithChildren<PageFrameProps>) {
  const classes = useStyles();
  const { title, subtitle, parent, facts = [], children } = props;
  const appTitle = useApi(configApiRef).getOptionalString('app.title');
  useTitle(appTitle ? `${title} | ${appTitle}` : title, {
    restoreOnUnmount: true,
  });
  return (
    <main>
      <div className={classes.head}>
        <div className={classes.names}>
          {parent && (
            <>
              {!parent.first && (
                <Typography variant="body2" className={classes.muted}>
                  <Link to={parent.path}>{parent.title}</Link>
                </Typography>
              )}
              <Typography component="h2" className={classes.title}>
                {title}
              </Typography>
            </>
          )}
          {subtitle && (
            <Typography variant="body1" className={classes.muted}>
              {subtitle}
            </Typography>
          )}
        </div>
        <div className={classes.facts}>
          {facts.map(({ label, value }) => (
            <div key={label}>
              <Typography
                variant="caption"
                className={classes.muted}
                display="block"
              >
                {label}
              </Typography>
              <Typography variant="body2" component="div">
                {value}
              </Typography>
            </div>
          ))}
        </div>
      </div>
      <Content>{children}</Content>
    </main>
  );
}
