import { randomBytes } from 'node:crypto';
import {
  type Client,
  createAccount,
  createClient,
  createCookieJar,
  createPerson,
  listUnits,
  signIn,
} from '@minhchung/contract';
import type { Role } from '@minhchung/domain';
import { PLACES } from './register-csv.ts';
import { runCommand, type Site } from './server.ts';

/** Somebody who works with the system, signed in. */
export interface Colleague {
  readonly role: Role;
  readonly login: string;
  readonly password: string;
  readonly full_name: string;
  readonly client: Client;
}

export type Staff = Readonly<Record<Role, Colleague>> & { readonly unit_id: string };

const PEOPLE: readonly {
  role: Exclude<Role, 'administrator'>;
  login: string;
  badge: string;
  name: string;
}[] = [
  { role: 'technician', login: 'duc.pv', badge: 'KT-2207', name: 'Phạm Văn Đức' },
  { role: 'officer', login: 'an.nv', badge: 'CA-0117', name: 'Nguyễn Văn An' },
  { role: 'approver', login: 'binh.tt', badge: 'CA-0042', name: 'Trần Thị Bình' },
  { role: 'auditor', login: 'ha.lt', badge: 'TT-0009', name: 'Lê Thu Hà' },
];

const ADMINISTRATOR = { login: 'quantri', badge: 'QT-0001', name: 'Vũ Quốc Khánh' };

/**
 * Sets up a ward the way an operator does: units and the first administrator by command, everybody else through
 * the API. Passwords are made on the spot.
 */
export async function hireStaff(site: Site): Promise<Staff> {
  await command(site, [
    'unit',
    'add',
    '--code',
    'THANH-HOA',
    '--name',
    'Tỉnh Thanh Hoá',
    '--level',
    'province',
  ]);
  await command(site, [
    ...['unit', 'add', '--code', PLACES.unit, '--name', 'Phường Hạc Thành'],
    ...['--level', 'ward', '--parent', 'THANH-HOA'],
  ]);
  const password = newPassword();
  await command(
    site,
    [
      ...['user', 'add', '--login', ADMINISTRATOR.login, '--badge', ADMINISTRATOR.badge],
      ...['--name', ADMINISTRATOR.name, '--role', 'administrator@THANH-HOA'],
    ],
    `${password}\n`,
  );
  const administrator = await enter(site, 'administrator', ADMINISTRATOR, password);
  const units = await administrator.client.call(listUnits, { query: {} });
  const unit = units.items.find(({ code }) => code === PLACES.unit);
  if (unit === undefined) throw new Error(`the unit ${PLACES.unit} is missing`);

  const staff: Partial<Record<Role, Colleague>> = { administrator };
  for (const plan of PEOPLE) {
    const person = await administrator.client.call(createPerson, {
      body: { badge_number: plan.badge, full_name: plan.name },
    });
    const own_password = newPassword();
    await administrator.client.call(createAccount, {
      body: {
        person_id: person.id,
        login: plan.login,
        password: own_password,
        appointments: [{ role: plan.role, unit_id: unit.id }],
      },
    });
    staff[plan.role] = await enter(site, plan.role, plan, own_password);
  }
  return { ...(staff as Record<Role, Colleague>), unit_id: unit.id };
}

async function enter(
  site: Site,
  role: Role,
  who: { readonly login: string; readonly name: string },
  password: string,
): Promise<Colleague> {
  const client = createClient({ base_url: site.base_url, cookie_jar: createCookieJar() });
  await client.call(signIn, { body: { login: who.login, password } });
  return { role, login: who.login, password, full_name: who.name, client };
}

async function command(site: Site, args: readonly string[], input = ''): Promise<void> {
  const result = await runCommand([...args, '--config', site.config_file], input);
  if (result.code !== 0) throw new Error(`minhchung ${args.slice(0, 2).join(' ')}: ${result.stderr}`);
}

function newPassword(): string {
  return randomBytes(12).toString('base64url');
}
