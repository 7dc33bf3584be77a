import * as contract from '@minhchung/contract';
import { registerRoute } from '@minhchung/contract/server';
import type { FastifyInstance } from 'fastify';
import type { RegistryDeps } from '../deps.ts';
import { exportCameras, type FileFormat, fileOf } from '../export/export-cameras.ts';
import { runImport } from '../import-cameras.ts';
import { readBody } from '../read-body.ts';
import { parseMapping } from './parse-mapping.ts';

const CONTENT_TYPES: Readonly<Record<FileFormat, string>> = {
  csv: `${contract.CSV_TYPE}; charset=utf-8`,
  xlsx: contract.XLSX_TYPE,
};

/** Routes of the register as a file: in, what is wrong with it, and out. */
export function fileRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  const run = runImport(deps);
  const give = exportCameras(deps);

  registerRoute(app, contract.importCameras, async ({ actor, body, query, request, signal }) => {
    const unit_ids = await deps.unitScope(request, 'camera.import');
    const { mode, rows: rows_choice, sheet } = query;
    const reading = { sheet, ...mappingOf(query), signal };
    const outcome = await run(actor, {
      mode,
      rows_choice,
      bytes: await readBody(body),
      unit_ids,
      ...reading,
    });
    return outcome.report;
  });

  registerRoute(app, contract.importErrors, async ({ actor, body, query, request, signal }) => {
    const unit_ids = await deps.unitScope(request, 'camera.import');
    const reading = { sheet: query.sheet, ...mappingOf(query), signal };
    const bytes = await readBody(body);
    const outcome = await run(actor, { mode: 'preview', bytes, unit_ids, ...reading });
    return outgoing(fileOf(outcome.errorRows(), query.format), 'loi', query.format);
  });

  registerRoute(app, contract.exportCameras, async ({ actor, query, request }) => {
    const { unit_id, format, ...filter } = query;
    const scope = await deps.unitScope(request, 'camera.read');
    const unit_ids = unit_id === undefined ? scope : scope.filter((one) => one === unit_id);
    return outgoing(await give(actor, { unit_ids, ...filter }, format), 'danh-sach-camera', format);
  });
}

function mappingOf({ mapping }: { readonly mapping?: string }) {
  return mapping === undefined ? {} : { mapping: parseMapping(mapping) };
}

function outgoing(body: AsyncIterable<Uint8Array>, name: string, format: FileFormat) {
  return { content_type: CONTENT_TYPES[format], file_name: `${name}.${format}`, size_bytes: null, body };
}
