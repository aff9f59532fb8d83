import type { Forge } from '../domain/Forge';
import { Routes } from './Routes';
import { accountRoutes } from './routes/accounts';
import { actionRoutes } from './routes/actions';
import { appRoutes } from './routes/apps';
import { checkRoutes } from './routes/checks';
import { commitRoutes } from './routes/commits';
import { contentRoutes } from './routes/contents';
import { gitDataRoutes } from './routes/gitData';
import { hookRoutes } from './routes/hooks';
import { issueRoutes } from './routes/issues';
import { labelRoutes } from './routes/labels';
import { metaRoutes } from './routes/meta';
import { pullRoutes } from './routes/pulls';
import { refRoutes } from './routes/refs';
import { repositoryRoutes } from './routes/repositories';
import { reviewRoutes } from './routes/reviews';
import { searchRoutes } from './routes/search';
import { statusRoutes } from './routes/statuses';
import { treeRoutes } from './routes/trees';

/** Everything below `/api/v3`. */
export function restRoutes(forge: Forge): Routes {
  const routes = new Routes(forge);
  metaRoutes(routes);
  accountRoutes(routes);
  appRoutes(routes);
  hookRoutes(routes);
  pullRoutes(routes);
  reviewRoutes(routes);
  issueRoutes(routes);
  labelRoutes(routes);
  statusRoutes(routes);
  checkRoutes(routes);
  actionRoutes(routes);
  contentRoutes(routes);
  refRoutes(routes);
  gitDataRoutes(routes);
  treeRoutes(routes);
  commitRoutes(routes);
  searchRoutes(routes);
  repositoryRoutes(routes);
  return routes;
}
