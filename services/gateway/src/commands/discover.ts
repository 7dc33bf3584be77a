import { discoverDevices } from '@minhchung/onvif';
import { withRecorders } from '@minhchung/registry';
import { Command } from 'commander';
import { discoveryAddress } from '../composition/discovery-interface.ts';
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
      const interface_address = discoveryAddress(settings, options.interface ?? null);
      const { allowed_networks } = settings.devices;
      const met = await discoverDevices({ interface_address, allowed_networks }, context.signal);
      const found = await withStore(settings, (store) => withRecorders({ store }, met));
      const devices = found.map(({ recorders, ...device }) => {
        const codes = recorders.map(({ code }) => code).join(', ');
        return { ...device, recorder: codes === '' ? null : codes };
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
