import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isItemDelivered } from '@minhchung/domain';
import { vtestFromOpencvDoc } from '@minhchung/testkit';
import { figuresOf, readAccounts, shortcomings } from './figures.ts';
import { readNetwork } from './network.ts';
import { type DemoOptions, readOptions, USAGE } from './options.ts';
import { takePackage, verifyPackages } from './packages.ts';
import { registerWard } from './register.ts';
import { askForFootage, awaitOutcomes } from './request.ts';
import { prepareSite, startService } from './server.ts';
import {
  accountsText,
  cameraTable,
  exactnessText,
  headline,
  invitation,
  outcomeText,
  wantedText,
} from './show.ts';
import { hireStaff } from './staff.ts';
import { styled } from './table.ts';
import { checkTruth, emptyTruthReport } from './truth.ts';
import { startWard } from './ward.ts';
import { wardTimes } from './ward-plan.ts';

const say = (text: string) => process.stdout.write(text);

/** Resolves when somebody asks the demo to end. */
const interrupted = new Promise<'interrupted'>((resolve) => {
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve('interrupted'));
});

/** What the demo started, to be ended in the opposite order, once, however the demo ends. */
class Started {
  readonly #parts: (() => Promise<void>)[] = [];

  add(end: () => Promise<void>): void {
    this.#parts.unshift(end);
  }

  async end(): Promise<void> {
    for (const end of this.#parts.splice(0)) await end();
  }
}

async function sceneFile(footage: string | null): Promise<string | null> {
  if (footage === null) return null;
  if (footage !== 'pedestrians') return resolve(footage);
  return vtestFromOpencvDoc(join(homedir(), '.cache', 'minhchung'));
}

/** The main job. True when every figure is what it must be. */
async function run(options: DemoOptions, directory: string, started: Started): Promise<boolean> {
  const started_ms = Date.now();
  const times = wardTimes(started_ms);
  say(headline('1. Một phường nhỏ · A small ward'));
  const scene_file = await sceneFile(options.footage);
  const ward = await startWard({
    directory,
    times,
    scene_file,
    onCamera: ({ code, name }) => say(`  ${code}  ${name}\n`),
  });

  started.add(() => ward.close());

  say(headline('2. Đăng ký và thăm dò · Registered and polled'));
  const site = await prepareSite(directory);
  const service = await startService(site);
  started.add(() => service.stop());
  const staff = await hireStaff(site);
  const known = await registerWard(site, staff, ward);
  const online = known.filter(({ state }) => state === 'online').length;
  say(`  ${known.length} camera, ${online} đang hoạt động\n`);

  say(headline('3. Vụ việc, yêu cầu, phê duyệt · Incident, request, approval'));
  const asked = await askForFootage(staff, times);
  say(`  ${asked.request.request.number}, hồ sơ ${asked.case_number}: ${wantedText(times)}\n`);
  say(`  ${staff.officer.full_name} yêu cầu, ${staff.approver.full_name} phê duyệt\n`);

  say(headline('4. Trích xuất · Extraction'));
  const outcome = await Promise.race([
    awaitOutcomes(staff, asked.request.request.id, ({ camera_code, state }) => {
      const { text, style } = outcomeText(state);
      say(`  ${camera_code}  ${style === undefined ? text : styled(text, style)}\n`);
    }),
    service.ended,
  ]);

  say(headline('5. Kiểm chứng · Verified by a stranger'));
  const delivered = outcome.items.filter(({ state }) => isItemDelivered(state));
  const taken = [];
  for (const item of delivered) taken.push(await takePackage(staff, item, join(directory, 'packages')));
  const verification = await verifyPackages(site, taken);
  say(`  ${verification.verified} trên ${taken.length} gói chứng cứ đúng · packages are true\n`);
  const truth = emptyTruthReport();
  const frames = new Map<string, number>();
  for (const { camera_code, folder } of taken) {
    const camera = ward.cameras.find(({ plan }) => plan.code === camera_code);
    if (camera === undefined) throw new Error(`no camera ${camera_code} in the ward`);
    const before = truth.frames_checked;
    await checkTruth(folder, camera, times, truth);
    frames.set(camera_code, truth.frames_checked - before);
  }

  const accounts = await readAccounts(staff);
  const network = await readNetwork(site);
  const parts = { ward, known, asked, outcome, verification, truth, accounts, network, started_ms };
  const figures = figuresOf(parts);
  say(exactnessText(figures));
  say(headline('6. Từng camera · Camera by camera'));
  say(cameraTable(known, asked, outcome, frames));
  say(headline('7. Kiểm tra, thanh tra · What the auditor sees'));
  say(accountsText(accounts));
  say(headline('8. Tình trạng mạng lưới · The state of the network'));
  say(network.text.replace(/^(?=.)/gm, '  '));
  const wrong = shortcomings(figures, ward, verification.untruths);
  for (const line of wrong) say(`${styled('✗', 'red')} ${line}\n`);
  if (!options.once) {
    say(invitation(site, staff));
    await Promise.race([interrupted, service.ended]);
  }
  if (options.json) say(`${JSON.stringify(figures)}\n`);
  return wrong.length === 0;
}

const options = readOptions(process.argv.slice(2));
if (options.help) {
  say(USAGE);
} else {
  const directory =
    options.keep === null ? await mkdtemp(join(tmpdir(), 'minhchung-demo-')) : resolve(options.keep);
  await mkdir(directory, { recursive: true });
  const started = new Started();
  let exit_code = 1;
  try {
    const result = await Promise.race([run(options, directory, started), interrupted]);
    // Asked to end while it stays up is how it is meant to end; in the middle of the job it is not.
    exit_code = result === true || (result === 'interrupted' && !options.once) ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  } finally {
    await started.end();
    if (options.keep === null) await rm(directory, { recursive: true, force: true });
  }
  // What an interrupted job still has under way ends here.
  process.exit(exit_code);
}
