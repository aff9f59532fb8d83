import { ModelCall, Page, PageRequest } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { listPage } from '../listPage';
import { toModelCall } from './mapModelCall';
import { ModelCallRow } from './tables';

/** The calls to the model for a job, newest first. */
export async function listModelCalls(
  knex: Knex,
  jobId: string,
  page: PageRequest,
): Promise<Page<ModelCall>> {
  return listPage<ModelCallRow, ModelCall>(
    knex<ModelCallRow>('model_calls').where({ job_id: jobId }),
    page,
    [
      { column: 'at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ],
    toModelCall,
  );
}
