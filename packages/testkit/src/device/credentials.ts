/** Account of a simulated device. `setPassword` makes what a client was given wrong. */
export class Credentials {
  readonly username: string;
  #password: string;
  /** How often a client was refused: a client must stop after the first time. */
  refusal_count = 0;

  constructor(username: string, password: string) {
    this.username = username;
    this.#password = password;
  }

  get password(): string {
    return this.#password;
  }

  setPassword(password: string): void {
    this.#password = password;
  }
}
