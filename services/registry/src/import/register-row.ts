import type {
  Agreement,
  AgreementPurpose,
  CameraKind,
  FolderLayout,
  PlaybackVendor,
  Position,
  Reach,
  Recorder,
} from '@minhchung/domain';

/** What a row says of its recorder. Null: the cell is empty, which never erases what is known. */
export interface RecorderCells {
  readonly code: string;
  readonly name: string | null;
  readonly kind: Recorder['kind'];
  readonly network_code: string;
  readonly device_url: string | null;
  readonly username: string | null;
  readonly password: string | null;
  readonly folder_path: string | null;
  readonly folder_pattern: string | null;
  readonly folder_zone: FolderLayout['zone'] | null;
  readonly playback_vendor: PlaybackVendor | null;
  readonly playback_template: string | null;
}

/** A row whose cells are all readable. Null: the cell is empty, which never erases what is known. */
export interface RegisterRow {
  readonly line: number;
  readonly code: string;
  readonly name: string;
  readonly kind: CameraKind;
  readonly unit_code: string;
  readonly scheme_code: string | null;
  readonly site_code: string | null;
  readonly position: Position;
  readonly aim_point: Position | null;
  readonly field_of_view_deg: number | null;
  readonly range_m: number | null;
  readonly reach: Reach | null;
  readonly source_token: string | null;
  readonly recorder: RecorderCells;
  readonly owner: { readonly name: string; readonly phone: string | null } | null;
  readonly agreement: RowAgreement | null;
}

export interface RowAgreement {
  readonly mode: Agreement['mode'];
  /** Null: the cell is empty. */
  readonly purposes: readonly AgreementPurpose[] | null;
  /** Null: the cell is empty. */
  readonly allows_audio: boolean | null;
  readonly valid_from_ms: number | null;
  /** The day named is the last one that counts, so this is the midnight after it. */
  readonly valid_to_ms: number | null;
}
