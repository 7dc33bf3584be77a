export * from './by-hand-mailer.ts';
export { isMailAddress } from './message.ts';
export * from './smtp-mailer.ts';
