/** When a camera's picture was last looked at, and since when its view is the accepted one. */
export interface PictureLookTable {
  camera_id: string;
  looked_at_ms: number;
  /** Readings before this are of another view; null: all count. */
  accepted_from_ms: number | null;
}

/** Numbers of one look, as `PictureReading`. */
export interface PictureReadingTable {
  camera_id: string;
  at_ms: number;
  brightness: number;
  contrast: number;
  sharpness: number;
  flat_share: number;
  /** 0/1. */
  is_monochrome: number;
  gradient_hash: string;
  fingerprint: string;
}
