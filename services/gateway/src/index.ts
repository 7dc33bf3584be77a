export { type AppOptions, buildApp, type Deps } from './app/build-app.ts';
export { runProgram } from './commands/program.ts';
