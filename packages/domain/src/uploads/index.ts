export * from './declared-offsets.ts';
export * from './judge-upload.ts';
export * from './may-hand-in.ts';
export * from './native-name.ts';
