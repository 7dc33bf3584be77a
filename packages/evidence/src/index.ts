export * from './archived-native.ts';
export * from './build-manifest.ts';
export * from './copy-package.ts';
export * from './manifest-input.ts';
export * from './signing/deployment-signer.ts';
export * from './signing/ephemeral-signer.ts';
export * from './write-package.ts';
