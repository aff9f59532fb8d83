import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

// The portal's front end, built once and served from here.
backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(import('@backstage/plugin-user-settings-backend'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));

// Everyone signed in may do everything: for the example. Put your own policy here.
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(
  import('@backstage/plugin-permission-backend-module-allow-all-policy'),
);

// Webhooks come in here, live updates go out.
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-events-backend-module-github'));
backend.add(import('@backstage/plugin-signals-backend'));

backend.add(import('@skein/plugin-campaigns-backend'));
backend.add(import('@skein/plugin-campaigns-backend-module-github'));
backend.add(import('@skein/plugin-campaigns-backend-module-dbt'));
backend.add(import('@skein/plugin-campaigns-backend-module-openlineage'));
backend.add(import('@skein/plugin-catalog-backend-module-campaigns'));
// Connects a model where a key is configured.
backend.add(import('@skein/plugin-campaigns-backend-module-claude'));

backend.start();
