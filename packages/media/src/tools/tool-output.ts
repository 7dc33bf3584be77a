import { createInterface } from 'node:readline';
import { CodedError } from '@minhchung/domain';
import { type MediaToolOptions, startTool, type ToolRun } from './run-tool.ts';

/** Runs a tool to its end and gives its output whole. Throws `TOOL_FAILED` when it prints more than allowed. */
export async function toolOutput(
  run: ToolRun,
  bytes_max: number,
  options?: MediaToolOptions,
): Promise<Buffer> {
  const running = await startTool(run, options);
  const chunks: Buffer[] = [];
  let size_bytes = 0;
  for await (const chunk of running.stdout as AsyncIterable<Buffer>) {
    size_bytes += chunk.length;
    if (size_bytes > bytes_max) {
      running.stop();
      throw new CodedError('TOOL_FAILED', {
        tool: run.tool,
        reason: `more than ${bytes_max} bytes of output`,
      });
    }
    chunks.push(chunk);
  }
  await running.finished;
  return Buffer.concat(chunks);
}

/** Runs a tool and gives its output line by line; leaving early ends the tool. */
export async function* toolLines(run: ToolRun, options?: MediaToolOptions): AsyncGenerator<string> {
  const running = await startTool(run, options);
  try {
    yield* createInterface({ input: running.stdout, crlfDelay: Number.POSITIVE_INFINITY });
    await running.finished;
  } finally {
    running.stop();
  }
}
