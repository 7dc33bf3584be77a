import { expect, it } from 'vitest';
import type { Contract } from './suite.ts';
import { camera, item, NOW, request } from './world.ts';

export const importedPackagesContract: Contract = (subject) => {
  const imported = (over: object = {}) => ({
    package_id: 'package-1',
    item_id: 'item-1',
    manifest_sha256: 'a'.repeat(64),
    imported_at_ms: NOW,
    account_id: 'account-1',
    ...over,
  });
  const submit = async (n: 1 | 2) => {
    const { store } = subject();
    await store.cameras.create(camera(n));
    await store.requests.insert(request(n), [item(`item-${n}`, `request-${n}`, `camera-${n}`)]);
  };

  it('knows which item a package became, and of others nothing', async () => {
    const { importedPackages } = subject().store;
    await submit(1);
    await importedPackages.add(imported());
    expect(await importedPackages.byPackage('package-1')).toEqual(imported());
    expect(await importedPackages.byPackage('package-2')).toBeNull();
    expect(await importedPackages.byItem('item-1')).toEqual(imported());
    expect(await importedPackages.byItem('item-2')).toBeNull();
  });

  it('takes a package once, and one package an item', async () => {
    const { importedPackages } = subject().store;
    await submit(1);
    await submit(2);
    await importedPackages.add(imported());
    const twice = [imported({ item_id: 'item-2' }), imported({ package_id: 'package-2' })];
    for (const one of twice) {
      await expect(importedPackages.add(one)).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    }
    expect(await importedPackages.byPackage('package-1')).toEqual(imported());
  });
};
