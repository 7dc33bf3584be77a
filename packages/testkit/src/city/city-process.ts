/** Run as a process of its own by `startCity`: `node city-process.ts OPTIONS_JSON`. Obeys its parent's messages. */
import type { CityOptions } from './city-plan.ts';
import { CityServer } from './city-server.ts';

const city = new CityServer(JSON.parse(process.argv[2]!) as CityOptions);

/** What a parent may ask; every message is answered once, in order. */
export type CityOrder =
  | { readonly order: 'count' | 'record' | 'recorded' | 'clocks_asked' | 'close' }
  | { readonly order: 'shift'; readonly by_ms: number };

async function obey(order: CityOrder): Promise<unknown> {
  switch (order.order) {
    case 'count':
      return city.requests;
    case 'shift':
      city.time_shift_ms += order.by_ms;
      return city.time_shift_ms;
    case 'record':
      city.asked = [];
      return null;
    case 'recorded': {
      const asked = city.asked ?? [];
      city.asked = null;
      return asked;
    }
    case 'clocks_asked':
      return city.clocks_asked;
    case 'close':
      await city.close();
      return null;
  }
}

process.on('message', async (order: CityOrder) => {
  const answer = await obey(order);
  process.send!({ answer });
});
process.on('disconnect', () => process.exit(0));
process.send!({ answer: await city.start() });
