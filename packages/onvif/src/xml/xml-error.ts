/** Text that is not the XML this package accepts. Callers turn it into a `DEVICE_BROKEN`. */
export class XmlError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'XmlError';
  }
}
