import type { SideAssembler } from './side-assembler.ts';

/** G.711 (RFC 3551, 4.5.14): every packet holds whole samples, one byte each. */
export const G711: SideAssembler = {
  push: (packet) =>
    packet.payload.length === 0
      ? []
      : [{ timestamp: packet.timestamp, stamped_by: packet, data: packet.payload.slice() }],
  reset: () => {},
};
