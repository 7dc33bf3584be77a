/** Seals and opens small secrets (device passwords) with a key that lies outside the database. */
export interface SecretBox {
  /** Versioned sealed text, bound to `purpose` and `subject_id`: it opens for no other. */
  seal(purpose: string, subject_id: string, plain: string): string;
  /** Throws `SECRET_UNREADABLE` when the text was changed, moved to another subject or sealed by another key. */
  open(purpose: string, subject_id: string, sealed: string): string;
}
