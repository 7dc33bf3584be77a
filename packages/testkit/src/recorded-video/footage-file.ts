import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { writeAll } from '../process/write-all.ts';
import { toAnnexB } from './nal-units.ts';
import type { RecordedFootage } from './recorded-footage.ts';

/** Writes footage as a plain Annex B stream that ffmpeg and players open; frame times are lost in it. */
export async function writeAnnexB(footage: RecordedFootage, path: string): Promise<void> {
  const output = createWriteStream(path);
  await writeAll(output, annexBUnits(footage));
  await finished(output);
}

async function* annexBUnits(footage: RecordedFootage) {
  for await (const unit of footage.units()) yield toAnnexB(unit.data);
}
