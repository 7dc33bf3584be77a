import type { Repositories } from '../src/index.ts';
import { camera, MINUTE, NOW, RECORDER } from './contract/world.ts';

/** Asks every question of the repositories once, with every filter set: what `EXPLAIN QUERY PLAN` is shown. */
export async function askEverything(db: Repositories): Promise<void> {
  const page = { limit: 5, after: null };
  const unit_ids = ['ward-1'];
  const span = { start_ms: NOW - MINUTE, end_ms: NOW };
  const box = { south_deg: 1, west_deg: 1, north_deg: 2, east_deg: 2 };
  const change = { reason: null, at_ms: NOW };

  await db.audit.list({}, page);
  await db.audit.list({ unit_ids }, page);
  await db.audit.list({ act: 'a', span }, page);
  await db.audit.list({ subject_kind: 'request', subject_id: 'x' }, page);
  await db.audit.list({ account_id: 'x' }, page);
  await db.audit.verifyChain();

  await db.people.personById('x');
  await db.people.personByBadge('x');
  await db.people.accountByLogin('user1');
  await db.people.listAccounts(page);
  await db.people.closeAccount('x', NOW);
  await db.sessions.find('x', NOW);
  await db.sessions.revoke('x');
  await db.sessions.revokeAllOf('x');
  await db.sessions.deleteExpired(0);
  await db.sessions.failuresSince('x', NOW);
  await db.sessions.clearFailures('x');

  await db.units.byCode('P01', NOW);
  await db.units.list(page);
  await db.units.descendantIds('province');
  await db.units.ancestorIds('ward-1');
  await db.networks.byCode('LAN');
  await db.networks.list(page);
  await db.schemes.list({ unit_ids }, page);
  await db.sites.list({ scheme_id: 'x' }, page);

  await db.owners.byIds(['x']);
  await db.owners.list(page);
  await db.owners.update({ id: 'x', name: 'x', phone: null, address: null });
  await db.recorders.byCode('R1');
  await db.recorders.update(RECORDER);
  await db.recorders.list({ unit_ids }, page);
  await db.recorders.pollable({ network_codes: ['LAN'], limit: 5, after: null });
  await db.clocks.list(page);
  await db.credentials.has('x');
  await db.cameras.byIds(['x']);
  await db.cameras.update(camera(1));
  await db.cameras.list({}, page);
  await db.cameras.list({ unit_ids, state: 'online', text: 'dong ve' }, page);
  await db.cameras.list({ recorder_id: 'x' }, page);
  await db.cameras.list({ site_id: 'x' }, page);
  await db.cameras.ofRecorder('x');
  await db.cameras.ofOwner('x');
  await db.recorders.atDevice('network-1', 'http://nvr.local/');
  await db.channels.ofRecorder('x');
  await db.cameras.nearPoint(box, 5);
  await db.changes.history('camera', 'x', page);
  await db.agreements.ofCamera('x');
  await db.agreements.validAt(['x'], NOW);
  await db.observations.record('camera-1', 'online', 'ok', NOW);
  await db.observations.record('camera-1', 'offline', 'timeout', NOW + 1);
  await db.observations.current(['x']);
  await db.observations.history('x', page);
  await db.observations.during(['x'], span);
  await db.coverage.latest(['x']);
  await db.coverage.history('x', page);
  await db.clockOffsets.historyOf('x');

  await db.tips.list({ unit_ids }, page);
  await db.tips.list({ incident_id: 'x' }, page);
  await db.incidents.list({ unit_ids, category: 'x', text: 'x' }, page);
  await db.incidents.clarify('x', NOW);
  await db.cases.byNumber('ward-1', 'x');
  await db.cases.list({ unit_ids, open: true, text: 'x' }, page);
  await db.cases.setOfficialNumber('case-1', 'x');
  await db.holds.ofCase('x');

  await db.requests.byNumber('x');
  await db.requests.list({}, page);
  await db.requests.list({ unit_ids, span }, page);
  await db.requests.list({ states: ['approved'] }, page);
  await db.requests.list({ case_id: 'x' }, page);
  await db.requests.list({ requester_person_id: 'x' }, page);
  await db.requests.closeIfDone('request-1');
  await db.items.ofRequest('request-1');
  await db.items.list({}, page);
  await db.items.list({ unit_ids }, page);
  await db.items.list({ states: ['queued'] }, page);
  await db.items.list({ camera_id: 'x' }, page);
  await db.items.list({ case_id: 'x' }, page);
  await db.items.setStateOfRequest('x', ['queued'], 'cancelled', change);
  await db.items.setOverwriteAt('item-1', NOW);
  await db.items.markApproved(['item-1'], NOW);
  await db.items.sameCameraOverlapping(['camera-1'], span);
  await db.decisions.ofRequest('x');
  await db.orders.ofRequest('x');
  await db.clips.ofItem('x');
  await db.clips.list(page);
  await db.accesses.ofItem('x', page);
  await db.handovers.ofItem('x');
  await db.counts.perCase({ unit_ids, span }, page);
  await db.counts.totals({ unit_ids, span });
  await db.counts.byMonth({ unit_ids, span });
}
