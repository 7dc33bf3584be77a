/** A unit of the police, as every part of the manifest names it. */
export interface ManifestUnit {
  readonly id: string;
  readonly name: string;
}

/** A file of the package. */
export interface ManifestFile {
  readonly name: string;
  readonly size_bytes: number;
  readonly sha256: string;
}
