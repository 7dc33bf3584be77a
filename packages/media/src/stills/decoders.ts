import sharp from 'sharp';

/** Loaders of libvips. PNG is what our own pictures are handed on as. */
const OURS = ['JpegBuffer', 'JpegFile', 'PngBuffer', 'SvgBuffer'];

/**
 * What the picture library may open in this process: JPEGs of devices, and pictures and labels of ours. It knows dozens of
 * formats more, some by libraries that were never meant for strangers. Holds for the whole process, once loaded.
 */
export function allowOnlyOurFormats(): void {
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: OURS.map((format) => `VipsForeignLoad${format}`) });
}
