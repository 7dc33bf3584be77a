import { networkInterfaces } from 'node:os';
import { CodedError, deviceKey } from '@minhchung/domain';
import { discoverDevices } from '@minhchung/onvif';
import type { Settings } from '@minhchung/settings';
import type { Store } from '@minhchung/store';
import { Command } from 'commander';
import { withStore } from '../composition/open-store.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';
import { table } from './table.ts';

/** `minhchung discover` */
export function discoverCommand(context: CommandContext): Command {
  return new Command('discover')
    .description(
      'ask by multicast which ONVIF devices are in the camera network, and which of them are registered',
    )
    .option('--interface <name>', 'one of devices.discovery_interfaces; default: the first of them')
    .action(async (options: { interface?: string }, command: Command) => {
      const settings = settingsOf(command, context);
      const interface_address = addressOfInterface(settings, options.interface);
      const { allowed_networks } = settings.devices;
      const found = await discoverDevices({ interface_address, allowed_networks }, context.signal);
      const registered = await withStore(settings, registeredDevices);
      const devices = found.map((device) => {
        const { address, device_url } = device;
        const recorder = registered.get(deviceKey(device_url ?? `http://${address}/`)) ?? null;
        return { ...device, recorder };
      });
      if (wantsJson(command)) return printJson(context, { devices });
      printLines(
        context,
        ...table(
          ['địa chỉ · address', 'tên · name', 'model', 'đầu ghi · recorder'],
          devices.map((one) => [
            one.device_url ?? one.address,
            one.name ?? '-',
            one.hardware ?? '-',
            one.recorder ?? 'chưa đăng ký · not registered',
          ]),
        ),
      );
    });
}

/** The IPv4 address of an interface that is configured. Throws `DISCOVERY_OFF`, `DISCOVERY_INTERFACE`. */
function addressOfInterface({ devices }: Settings, wanted: string | undefined): string {
  const all = networkInterfaces();
  const [first] = devices.discovery_interfaces;
  if (first === undefined) {
    throw new CodedError('DISCOVERY_OFF', { interfaces: Object.keys(all).join(', ') });
  }
  const name = wanted ?? first;
  const refuse = (reason_vi: string, reason: string) =>
    new CodedError('DISCOVERY_INTERFACE', {
      ...{ interface: name, reason_vi, reason, allowed: devices.discovery_interfaces.join(', ') },
    });
  if (!devices.discovery_interfaces.includes(name))
    throw refuse('chưa được khai báo', 'it is not configured');
  const own = all[name]?.find(({ family }) => family === 'IPv4');
  if (own === undefined) throw refuse('nó không có địa chỉ IPv4', 'it has no IPv4 address');
  return own.address;
}

async function registeredDevices(store: Store): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<Store['recorders']['list']>> = await store.recorders.list(
      {},
      { limit: 200, after },
    );
    for (const { device_url, code } of page.rows)
      if (device_url !== null) found.set(deviceKey(device_url), code);
    after = page.next;
  } while (after !== null);
  return found;
}
