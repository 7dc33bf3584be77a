/** A process of the exactness bench: judges one case after the other, in a deployment of its own. */
import { join } from 'node:path';
import { caseOf } from '../../../test/exactness/factors.ts';
import type { Judgement } from '../../../test/exactness/judge.ts';
import { Laboratory } from '../../../test/exactness/laboratory.ts';
import { withSharedCopies } from '../../../test/exactness/shared-copies.ts';
import { NO_FIGURES } from '../../../test/exactness/verdict.ts';
import { obey } from '../child.ts';

const { directory } = JSON.parse(process.argv[2]!) as { readonly directory: string };
const laboratory = await Laboratory.open({
  directory,
  wrapDerivatives: withSharedCopies(join(directory, 'copies')),
});

async function judged({ key }: { readonly key: string }): Promise<Judgement> {
  try {
    return await laboratory.run(caseOf(key));
  } catch (error) {
    return { wrong: [`it could not be judged: ${error}`], figures: NO_FIGURES };
  }
}

await obey(judged, () => laboratory.close());
