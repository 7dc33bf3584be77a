import { describe, expect, it } from 'vitest';
import { createByHandMailer } from '../src/index.ts';
import { LETTER, mailerContract } from './mailer-contract.ts';

describe('the mailer of a deployment without mail', () => {
  mailerContract(createByHandMailer);
  it('leaves every letter to a person', async () => {
    expect(await createByHandMailer().send(LETTER)).toEqual({ kind: 'by_hand' });
  });
});
