/** Run as a process of its own: `node submitting-process.ts OPTIONS_JSON NAME COUNT` submits COUNT requests. */
import { openStore, type StoreOptions } from '../../src/index.ts';
import { NOW, request } from './world.ts';

const [options, name, count] = process.argv.slice(2);
const store = await openStore(JSON.parse(options!) as StoreOptions);
await store.migrate();
for (let i = 0; i < Number(count); i += 1) {
  await store.transaction(async (tx) => {
    const n = await tx.requests.nextNumber('ward-1', 2026);
    await tx.requests.insert(request(n, { reason: name! }), []);
    await tx.audit.append({
      ...{ at_ms: NOW, act: 'request.submit', account_id: 'account-1', person_id: 'person-1' },
      ...{
        unit_id: 'ward-1',
        subject_kind: 'request',
        subject_id: `request-${n}`,
        outcome: 'ok',
        details: {},
      },
    });
  });
}
await store.close();
