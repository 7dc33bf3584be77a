/** Collects what has been opened, to be closed in the opposite order. */
export class Closers {
  readonly #closers: (() => Promise<void> | void)[] = [];
  #closing: Promise<void> | null = null;

  /** Remembers a part with a `close`, and returns it. */
  add<T extends { close(): Promise<void> | void }>(part: T): T {
    this.#closers.push(() => part.close());
    return part;
  }

  /** Closes everything, once; the first failure is thrown after all were tried. */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const close of this.#closers.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}

/** Opens parts together: when one cannot be opened, those opened before it are closed again. */
export async function openTogether<T>(
  open: (closers: Closers) => Promise<T>,
): Promise<T & { close(): Promise<void> }> {
  const closers = new Closers();
  try {
    return { ...(await open(closers)), close: () => closers.close() };
  } catch (error) {
    await closers.close().catch(() => {});
    throw error;
  }
}
