import type { Mailer } from '@minhchung/domain';

/** For deployments without mail: every letter is left to a person. */
export function createByHandMailer(): Mailer {
  return {
    async send() {
      return { kind: 'by_hand' };
    },
    async close() {},
  };
}
