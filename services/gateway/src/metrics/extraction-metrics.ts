import type { EndedExtraction } from '@minhchung/extraction';
import { Counter, Histogram, type Registry } from 'prom-client';

const EXTRACTION_SECONDS = [1, 2.5, 5, 10, 30, 60, 120, 300, 900, 3_600];
const MS_PER_S = 1_000;

/** Takes how each attempt ended. */
export function createExtractionMetrics(registry: Registry): (ended: EndedExtraction) => void {
  const duration = new Histogram({
    name: 'minhchung_extraction_seconds',
    help: 'Duration of an attempt to extract an item, by its outcome.',
    labelNames: ['outcome'],
    buckets: EXTRACTION_SECONDS,
    registers: [registry],
  });
  const bytes = new Counter({
    name: 'minhchung_extracted_bytes_total',
    help: 'Bytes of the clips delivered.',
    registers: [registry],
  });
  return ({ outcome, duration_ms, size_bytes }) => {
    duration.observe({ outcome }, duration_ms / MS_PER_S);
    bytes.inc(size_bytes);
  };
}
