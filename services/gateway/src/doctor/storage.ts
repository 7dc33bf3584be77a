import { access, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '@minhchung/domain';
import type { Settings } from '@minhchung/settings';
import { openConfiguredArchive } from '../composition/open-archive.ts';
import { openConfiguredStore } from '../composition/open-store.ts';
import { type Finding, finding } from './finding.ts';

const OTHERS = 0o077;

/** Database, archive and keys. */
export async function examineStorage(settings: Settings): Promise<Finding[]> {
  return [
    await storeFinding(settings),
    ...(await archiveFindings(settings)),
    ...(await keyFindings(settings.keys.dir)),
  ];
}

/** Looks only: neither makes a database nor changes one. */
async function storeFinding(settings: Settings): Promise<Finding> {
  const { engine, path } = settings.store;
  if (engine === 'sqlite' && !(await exists(path))) {
    return finding(
      'store',
      'warn',
      `${path} chưa có; sẽ tạo khi khởi động`,
      `${path} is not there yet; it is made at first start`,
    );
  }
  try {
    const store = await openConfiguredStore(settings);
    try {
      await store.units.list({ limit: 1, after: null });
      return finding('store', 'good', `Cơ sở dữ liệu ${engine} sẵn sàng`, `The ${engine} database is there`);
    } catch {
      return finding(
        'store',
        'warn',
        'Cơ sở dữ liệu chưa cập nhật: chạy minhchung migrate',
        'The database is not up to date: run minhchung migrate',
      );
    } finally {
      await store.close();
    }
  } catch (error) {
    return failureFinding('store', error);
  }
}

async function archiveFindings(settings: Settings): Promise<Finding[]> {
  try {
    const archive = await openConfiguredArchive(settings);
    try {
      const { conditional_write, object_lock } = archive.capabilities;
      return [
        finding(
          'archive',
          'good',
          `Kho ${archive.kind} ghi được`,
          `The ${archive.kind} archive can be written to`,
        ),
        conditional_write
          ? finding(
              'archive.conditional_write',
              'good',
              'Kho tự từ chối ghi đè',
              'The archive itself refuses to overwrite',
            )
          : finding(
              'archive.conditional_write',
              'warn',
              'Kho không tự từ chối ghi đè',
              'The archive itself does not refuse to overwrite',
            ),
        object_lock
          ? finding(
              'archive.object_lock',
              'good',
              'Kho tự từ chối xóa trước hạn',
              'The archive itself refuses early deletion',
            )
          : finding(
              'archive.object_lock',
              'warn',
              'Kho không tự từ chối xóa: người có quyền quản trị máy vẫn đọc và xóa được',
              'The archive itself does not refuse deletion: whoever administers the machine can read and delete',
            ),
      ];
    } finally {
      await archive.close();
    }
  } catch (error) {
    return [failureFinding('archive', error)];
  }
}

/** Keys must be their owner's alone. */
export async function keyFindings(dir: string): Promise<Finding[]> {
  let names: string[];
  try {
    names = await readdir(dir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return [failureFinding('keys', error)];
    return [
      finding(
        'keys',
        'warn',
        `${dir} chưa có; sẽ tạo khi khởi động`,
        `${dir} is not there yet; it is made at first start`,
      ),
    ];
  }
  const open: string[] = [];
  for (const path of [
    dir,
    ...names.filter((name) => !name.includes('public')).map((name) => join(dir, name)),
  ]) {
    if (((await stat(path)).mode & OTHERS) !== 0) open.push(path);
  }
  return [
    open.length === 0
      ? finding('keys', 'good', 'Chỉ chủ sở hữu đọc được khóa', 'Only their owner can read the keys')
      : finding(
          'keys',
          'bad',
          `Người khác đọc được khóa, chạy chmod go-rwx: ${open.join(', ')}`,
          `Others can read the keys, run chmod go-rwx: ${open.join(', ')}`,
        ),
  ];
}

function failureFinding(about: string, error: unknown): Finding {
  if (error instanceof CodedError) return finding(about, 'bad', error.texts.vi, error.texts.en);
  const reason = error instanceof Error ? error.message : String(error);
  return finding(about, 'bad', `Lỗi: ${reason}`, `Failed: ${reason}`);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
