/** Where the bucket is, and who asks. The secret stays in memory and is never logged. */
export interface S3ArchiveOptions {
  /** `https://s3.example.vn` or `http://127.0.0.1:7480`. */
  readonly endpoint: string;
  readonly region: string;
  /** Exists already: an archive never makes buckets, because lock and versions are set when a bucket is made. */
  readonly bucket: string;
  readonly access_key_id: string;
  readonly secret_access_key: string;
}
